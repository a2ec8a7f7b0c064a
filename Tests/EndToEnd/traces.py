"""`porthole trace` against logs whose truth is known line by line."""

import json
import pathlib
import subprocess
import sys

from harness import Skipped, check, expect

ADDRESS = "10.2.3.4"


def generated(place, *options):
    tool = place.repository.parent / "shared" / "tools" / "gen_esa_log.py"
    if not tool.is_file():
        raise Skipped("no ../shared")
    log = place.path("generated.log")
    subprocess.run(
        [
            sys.executable,
            str(tool),
            "--lines",
            "60000",
            "--seed",
            "11",
            "--inject",
            f"{ADDRESS}=all",
            *options,
            "-o",
            log,
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    truth = json.loads(pathlib.Path(log + ".truth.json").read_text())
    # A connection that was refused before its address was logged cannot be found by its address.
    return log, [needle for needle in truth["needles"] if any(ADDRESS in line["text"] for line in needle["lines"])]


def compare(place, log, needles):
    done = place.porthole("trace", ADDRESS, "--log", log, "--json", seconds=60)
    expect(done.status == 0, "trace ends with 0", done.evidence[:2000])
    traces = done.json_lines()
    by_line = {}
    for trace in traces:
        for line in trace["lines"]:
            by_line.setdefault(line["line"], trace)
    wrong, used = [], []
    for needle in needles:
        name = f"{needle['name']} {needle['outcome']}"
        wanted = {
            (line["line"], line["offset"], "probable" if line.get("link") == "domain-time" else "id")
            for line in needle["lines"]
        }
        trace = next((by_line[line["line"]] for line in needle["lines"] if line["line"] in by_line), None)
        if trace is None:
            wrong.append(f"{name}: not found; its first line is {needle['lines'][0]}")
            continue
        used.append(id(trace))
        told = {(line["line"], line["offset"], line["link"]) for line in trace["lines"]}
        if told != wanted:
            wrong.append(f"{name}: missing {sorted(wanted - told)[:5]}, too many {sorted(told - wanted)[:5]}")
        if trace["verdict"] != needle["outcome"]:
            wrong.append(f"{name}: the verdict is {trace['verdict']}: {trace['sentence']}")
    extra = [trace for trace in traces if id(trace) not in used]
    wrong += [f"not in the truth: {trace['ids']} {trace['verdict']}" for trace in extra]
    expect(
        not wrong,
        f"all {len(needles)} connections are told as the truth has them ({len(wrong)} are not)",
        "\n".join(wrong),
    )


@check(
    f"porthole trace {ADDRESS} on a generated gateway log gives exactly the lines, offsets, links and verdicts of its truth"
)
def gateway_truth(place):
    compare(place, *generated(place))


@check(
    f"porthole trace {ADDRESS} on a generated Postfix log gives exactly the lines, offsets and verdicts of its truth"
)
def postfix_truth(place):
    compare(place, *generated(place, "--format", "postfix"))
