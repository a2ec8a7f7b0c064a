#!/usr/bin/env python3
"""The end-to-end checks: the finished program, real terminals, real mail servers, nothing but loopback.

    python3 Tests/EndToEnd/run.py BINARY [--peers DIR] [--only WORDS] [--jobs N]

One line a check, the evidence below a failure, which is told again at the end, and `N passed, N failed, N skipped`; exit 1
when one failed.
"""

import argparse
import concurrent.futures
import pathlib
import shutil
import sys
import textwrap
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from harness import CHECKS, Failure, Place, Skipped  # noqa: E402

# Importing a module registers its checks; the slow ones come first.
import demo  # noqa: E402,F401
import servers  # noqa: E402,F401
import dash  # noqa: E402,F401
import keys  # noqa: E402,F401
import front  # noqa: E402,F401
import safety  # noqa: E402,F401
import looks  # noqa: E402,F401
import formats  # noqa: E402,F401
import logs  # noqa: E402,F401
import logsets  # noqa: E402,F401
import names  # noqa: E402,F401
import checks  # noqa: E402,F401
import resolvers  # noqa: E402,F401
import museum  # noqa: E402,F401
import fates  # noqa: E402,F401
import transcripts  # noqa: E402,F401
import deaths  # noqa: E402,F401
import mistakes  # noqa: E402,F401
import sending  # noqa: E402,F401
import interoperation  # noqa: E402,F401
import secrecy  # noqa: E402,F401
import refusals  # noqa: E402,F401
import misbehaviour  # noqa: E402,F401
import extensions  # noqa: E402,F401
import services  # noqa: E402,F401
import rehearsed  # noqa: E402,F401
import strict  # noqa: E402,F401
import detours  # noqa: E402,F401
import message  # noqa: E402,F401
import bulk  # noqa: E402,F401
import bursts  # noqa: E402,F401
import traces  # noqa: E402,F401
import rotated  # noqa: E402,F401
import cached  # noqa: E402,F401
import tongues  # noqa: E402,F401
import badlogs  # noqa: E402,F401
import sendlog  # noqa: E402,F401
import sources  # noqa: E402,F401
import readme  # noqa: E402,F401
import catalogue  # noqa: E402,F401
import bounced  # noqa: E402,F401
import walks  # noqa: E402,F401
import guided  # noqa: E402,F401
import whole  # noqa: E402,F401
import cost  # noqa: E402,F401

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def perform(function, binary, peers):
    """Runs one check; gives its word, and what there is to say about it."""
    began = time.monotonic()
    place = Place(binary, peers, REPOSITORY)
    try:
        function(place)
        word, story = "passed", ""
    except Skipped as reason:
        word, story = "skipped", f"not run: {reason}"
    except Failure as failure:
        word, story = "failed", f"not so: {failure}\n{failure.evidence}".rstrip()
    except Exception:  # a fault of a check is a failed check
        word, story = "failed", traceback.format_exc()
    finally:
        place.close()
    return word, story, time.monotonic() - began


def shortened(text, most):
    """The beginning of it, which has the reason, and the end."""
    return text if len(text) <= most else f"{text[: most * 3 // 4]}\n         | [...]\n{text[-most // 4 :]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--peers", type=pathlib.Path, help="where .ci/peers unpacked the mail servers")
    parser.add_argument("--only", default="", help="only checks whose module or sentence holds these words")
    parser.add_argument(
        "--jobs", type=int, default=3, help="how many checks at a time; most of them wait most of the time"
    )
    options = parser.parse_args()
    binary = options.binary.resolve()
    if not binary.is_file():
        parser.error(f"{binary} is not there; build it first: swift build -c release --product porthole")
    for tool in ("tmux", "openssl"):
        if shutil.which(tool) is None:
            parser.error(f"{tool} is not installed; .ci/install installs what the checks need")
    peers = options.peers.resolve() if options.peers else None

    chosen = [
        (sentence, function) for sentence, function in CHECKS if options.only in f"{function.__module__}: {sentence}"
    ]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    failures = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=max(1, options.jobs)) as pool:
        running = {pool.submit(perform, function, binary, peers): (sentence, function) for sentence, function in chosen}
        for future in concurrent.futures.as_completed(running):
            sentence, function = running[future]
            word, story, seconds = future.result()
            counts[word] += 1
            report = f"{word:8} {seconds:5.1f} s  {function.__module__}: {sentence}"
            if story:
                report += "\n" + textwrap.indent(story, "         | ", lambda _: True)
            print(report, flush=True)
            if word == "failed":
                failures.append(report)
    # Whoever reads the end alone has to see why.
    for report in failures:
        print(shortened(report, 2_000))
    print(", ".join(f"{number} {word}" for word, number in counts.items()))
    return 1 if counts["failed"] or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
