"""Indexes of logs that are kept: the same answers, and never one of a file that is not what it was."""

import json
import os
import pathlib

from harness import check, expect
from whole import POSTFIX, STAMP, STORY


def gateway(number):
    address = "192.0.2.77" if number % 400 == 3 else f"198.51.100.{number % 250}"
    stamp = STAMP.format(number // 6000 % 60, number // 100 % 60)
    return "".join(
        stamp + words.format(icid=1000 + number, mid=500000 + number, address=address) + "\n" for words in STORY
    )


def postfix(number):
    address = "192.0.2.77" if number % 400 == 3 else f"198.51.100.{number % 250}"
    stamp = f"Feb  2 10:{number // 6000 % 60:02}:{number // 100 % 60:02} mx "
    return "".join(
        stamp + words.format(address=address).replace("4jX2Q15TbJz2Pshq", f"4jX2Q{number:06}z2Psh") + "\n"
        for words in POSTFIX
    )


@check("trace --cache answers from an index that is small, and as the log itself does, when it has grown, been cut, rewritten, rotated")
def kept(place):
    folder = pathlib.Path(place.path("indexes"))
    for name, session in (("gateway", gateway), ("postfix", postfix)):
        log = pathlib.Path(place.path(f"{name}.log"))
        log.write_text("".join(session(number) for number in range(6000)))

        def ask(needle, says, log=log):
            """What the cached and the uncached question say, which has to be the same."""
            plain = place.porthole("trace", needle, "--log", log, "--json")
            cached = place.porthole("trace", needle, "--log", log, "--json", "--cache", folder)
            expect(cached.status == 0 and cached.out == plain.out, f"{name}: the same answer", cached.evidence)
            expect(("index of" in cached.err) == says, f"{name}: an index is made: {says}", cached.evidence)
            product = "Cisco" if name == "gateway" else "Postfix"
            rows = place.porthole("trace", needle, "--list", "--log", log, "--json", "--log-format", product)
            kept = place.porthole("trace", needle, "--list", "--log", log, "--json", "--cache", folder)
            expect(kept.status == 0 and kept.out == rows.out, f"{name}: the same list", kept.evidence + rows.evidence)
            return len(plain.json_lines())

        expect(ask("192.0.2.77", True) == 15, "fifteen connections", name)
        ask("192.0.2.77", False)
        ask("198.51.100.64/30", False)
        ask("user@example.test" if name == "postfix" else "MID 500400", False)
        index = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        lines = len(log.read_text().splitlines())
        expect(index.stat().st_size <= lines * 4 * 1048576 / 1e6 + 200, f"{index.stat().st_size} for {lines} lines")
        expect(index.stat().st_mode & 0o777 == 0o600, "nobody else may read it", oct(index.stat().st_mode))
        # Grown a little, with half a line at the end; then by more than is read on each time.
        with log.open("a") as file:
            file.write(session(6001) + session(6002)[:-20])
        expect(ask("192.0.2.77", False) == 15 and ask("198.51.100.1", False) > 0, "what came is in the answer", name)
        with log.open("a") as file:
            file.write(session(6002)[-20:] + "".join(session(number) for number in range(6003, 9000)))
        expect(ask("192.0.2.77", True) == 23, "what came later too", name)
        ask("192.0.2.77", False)
        # Rewritten in place to the very length.
        text = log.read_text().replace("192.0.2.77", "192.0.2.78")
        inode = log.stat().st_ino
        with log.open("r+") as file:
            file.write(text)
        expect(log.stat().st_ino == inode, "the same file", name)
        expect(ask("192.0.2.78", True) == 23, "not what was there before", name)
        # Cut, and then another file of the name.
        os.truncate(log, len(session(0)) * 100)
        ask("192.0.2.78", True)
        log.rename(place.path(f"{name}.log.1"))
        log.write_text("".join(session(number) for number in range(3000, 4000)))
        ask("192.0.2.77", True)
        # What is no index, or half of one.
        index = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        whole = index.read_bytes()
        for wrong in (b"", whole[:40], whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1]), b"\xff" * 5000):
            index.write_bytes(wrong)
            ask("192.0.2.77", True)


@check("trace --cache says in a sentence where it can keep nothing, and answers all the same")
def nowhere(place):
    log = place.write("mail.log", gateway(3))
    done = place.porthole("trace", "192.0.2.77", "--log", log, "--cache", log)
    expect(done.status == 66 and "is not a folder" in done.err, "a file is no folder", done.evidence)
    done = place.porthole("trace", "--list", "--log", log, "--cache", place.folder)
    expect(done.status == 64 and "--cache is for one needle" in done.err, "not for lists of all", done.evidence)
    done = place.porthole("trace", "192.0.2.77", "--log", "-", "--json", "--cache", place.path("new"), text=gateway(3))
    expect(json.loads(done.out)["address"] == "192.0.2.77", "standard input is read as it is", done.evidence)
