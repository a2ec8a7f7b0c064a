"""`porthole trace` over a rotated set, packed files, standard input and commands, and its answer when there is nothing."""

import gzip
import pathlib

from harness import check, expect

ADDRESS = "198.51.100.4"
OLD = [
    f"New SMTP ICID 6 interface Data 1 (192.0.2.25) address {ADDRESS} reverse dns host mx.sender.test verified yes",
    "Start MID 214 ICID 6",
    "MID 214 ICID 6 From: <a@sender.test>",
    "MID 214 ICID 6 RID 0 To: <b@corp.test>",
]
MIDDLE = ["MID 214 ready 512 bytes from <a@sender.test>", "MID 214 queued for delivery", "ICID 6 close"]
NEW = [
    "New SMTP DCID 3 interface 192.0.2.25 address 192.0.2.11 port 25",
    "Delivery start DCID 3 MID 214 to RID [0]",
    "Message done DCID 3 MID 214 to RID [0]",
    "MID 214 RID [0] Response '2.0.0 Ok: queued as X1'",
    "Message finished MID 214 done",
    "DCID 3 close",
]


def text(words, hour):
    return "".join(f"Mon Feb  2 {hour}:00:0{place} 2026 Info: {line}\n" for place, line in enumerate(words))


def rotated(place):
    log = place.path("mail.log")
    with gzip.open(log + ".10.gz", "wt") as file:
        file.write(text(OLD, 10))
    pathlib.Path(log + ".2").write_text(text(MIDDLE, 11))
    pathlib.Path(log).write_text(text(NEW, 12))
    return log


@check("porthole trace reads a rotated set as one log, oldest first, a packed file among it")
def rotated_set(place):
    log = rotated(place)
    for arguments in ([log + "*"], [log, log + ".2", log + ".10.gz"]):
        done = place.porthole("trace", ADDRESS, "--log", *arguments, "--json")
        expect(done.status == 0, "trace ends with 0", done.evidence)
        traces = done.json_lines()
        expect(len(traces) == 1 and traces[0]["verdict"] == "delivered", "one delivered message", done.evidence)
        told = [(pathlib.Path(line["file"]).name, line["line"]) for line in traces[0]["lines"]]
        wanted = [("mail.log.10.gz", n + 1) for n in range(4)] + [("mail.log.2", n + 1) for n in range(3)]
        wanted += [("mail.log", n + 1) for n in range(6)]
        expect(told == wanted, "each line with its file and its number there", f"{told}")
    shown = place.porthole("trace", "mid 214", "--log", log + "*")
    for words in OLD + MIDDLE + NEW:
        expect(words in shown.out, f"the text of {words!r} is shown", shown.evidence)


@check("porthole trace reads standard input and a command's output, and shows their lines")
def once(place):
    whole = text(OLD, 10) + text(MIDDLE, 11) + text(NEW, 12)
    file = pathlib.Path(place.path("whole.log"))
    file.write_text(whole)
    for done in (
        place.porthole("trace", ADDRESS, "--log", "-", text=whole),
        place.porthole("trace", ADDRESS, "--log", f"cmd:cat '{file}'"),
    ):
        expect(done.status == 0, "trace ends with 0", done.evidence)
        expect("queued as X1" in done.out and NEW[5] in done.out, "the story and its last line", done.evidence)
    failed = place.porthole("trace", ADDRESS, "--log", "cmd:exit 3")
    expect(failed.status == 66, "a command that fails is a log that cannot be read", failed.evidence)
    expect("status 3" in failed.err, "which says how it failed", failed.evidence)


@check("porthole trace says that a client never reached us, and for which stretch of time")
def never(place):
    log = rotated(place)
    done = place.porthole("trace", "203.0.113.9", "--log", log + "*")
    expect("203.0.113.9 never reached us" in done.out, "a definite answer", done.evidence)
    expect("from 2026-02-02 10:00:00 to 2026-02-02 12:00:05" in done.out, "with the window checked", done.evidence)
    only = place.porthole("trace", "203.0.113.9", "--log", log + "*", "--json").json_lines()
    expect([trace["verdict"] for trace in only] == ["never-reached-us"], "the same in JSON", f"{only}")
    none = place.porthole("trace", "nobody@corp.test", "--log", log + "*", "--json")
    expect(none.status == 0 and none.out == "", "and nothing about what is no client", none.evidence)
    forced = place.porthole("trace", ADDRESS, "--log", log, "--format", "VMS")
    expect(forced.status == 64 and "Postfix log" in forced.err, "an unknown format is a usage error", forced.evidence)
