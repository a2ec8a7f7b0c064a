"""Every log format through the finished program: whole stories of each product, and the corpus where it is there.

    python3 Tests/EndToEnd/formats.py BINARY        prints a table of the corpus, a line a file
"""

import json
import pathlib
import subprocess
import sys

from harness import Skipped, check, expect
from logs import Reader

EXCHANGE = """\
#Software: Microsoft Exchange Server
#Log-type: SMTP Receive Protocol Log
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2026-02-02T10:00:04.001Z,EX1\\In,08DC6F0000000001,0,192.0.2.25:25,198.51.100.4:51022,+,,
2026-02-02T10:00:04.002Z,EX1\\In,08DC6F0000000001,1,192.0.2.25:25,198.51.100.4:51022,>,220 EX1 ready,
2026-02-02T10:00:04.003Z,EX1\\In,08DC6F0000000001,2,192.0.2.25:25,198.51.100.4:51022,<,MAIL FROM:<a@sender.test>,
2026-02-02T10:00:04.004Z,EX1\\In,08DC6F0000000001,3,192.0.2.25:25,198.51.100.4:51022,>,250 2.1.0 Sender OK,
2026-02-02T10:00:04.005Z,EX1\\In,08DC6F0000000001,4,192.0.2.25:25,198.51.100.4:51022,<,RCPT TO:<b@corp.test>,
2026-02-02T10:00:04.006Z,EX1\\In,08DC6F0000000001,5,192.0.2.25:25,198.51.100.4:51022,>,250 2.1.5 Recipient OK,
2026-02-02T10:00:04.007Z,EX1\\In,08DC6F0000000001,6,192.0.2.25:25,198.51.100.4:51022,<,DATA,
2026-02-02T10:00:04.008Z,EX1\\In,08DC6F0000000001,7,192.0.2.25:25,198.51.100.4:51022,>,354 go ahead,
2026-02-02T10:00:04.009Z,EX1\\In,08DC6F0000000001,8,192.0.2.25:25,198.51.100.4:51022,>,\
"250 2.6.0 <x1@sender.test> [InternalId=4711, Hostname=EX1] 9 bytes, 1 KB/sec Queued mail for delivery",
2026-02-02T10:00:04.010Z,EX1\\In,08DC6F0000000001,9,192.0.2.25:25,198.51.100.4:51022,-,,Local
2026-02-02T10:00:05.000Z,,,192.0.2.25,EX1,,,STOREDRIVER,DELIVER,4711,<x1@sender.test>,\
1e6eb197-c6b4-1234-1b69-56dc1db88f50,b@corp.test,,9,1,,,hello,a@sender.test,a@sender.test,,Incoming,,,,,Email,,15
"""

DEBUG = """\
Mon Feb  2 10:00:04 2026 Info: New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host m.test verified yes
Mon Feb  2 10:00:05 2026 Info: 6 Rcvd from '198.51.100.4': 'AUTH PLAIN AHByb2JlAHNlY3JldA==\\015\\012'
Mon Feb  2 10:00:05 2026 Info: 6 Sent to '198.51.100.4': '535 #5.7.8 Authentication failed\\015\\012'
Mon Feb  2 10:00:06 2026 Info: SMTP Auth: (ICID 6) failed for user: probe using AUTH mechanism: PLAIN
Mon Feb  2 10:00:07 2026 Info: ICID 6 close
Mon Feb  2 10:00:08 2026: CEF:0|Cisco|C100V Email Security Virtual Appliance|14.0.0-657|ESA_CONSOLIDATED_LOG_EVENT|\
Consolidated Log Event|5|ESAMID=214 ESAICID=7 act=BOUNCED ESAFinalActionDetails=5.1.0 - x ('550', ['5.1.1 User unknown']) [] \
src=203.0.113.9 suser=a@sender.test duser=b@corp.test
"""


@check("Exchange's logs of both sides are one story, and --list, --summary and --json tell it")
def exchange(place):
    log = place.path("exchange.log")
    pathlib.Path(log).write_text(EXCHANGE.replace("\n", "\r\n"))
    done = place.porthole("trace", "<x1@sender.test>", "--log", log)
    expect(done.status == 0 and done.out.startswith("4711 was delivered to <b@corp.test>"), "it was delivered", done.evidence)
    expect("RCPT TO:<b@corp.test>" in done.out, "the dialogue stands under it", done.evidence)
    rows = place.porthole("trace", "--list", "--log", log, "--json").json_lines()
    expect([row["verdict"] for row in rows] == ["delivered"], "the list has the message", str(rows))
    expect(rows[0]["connection"] == "08DC6F0000000001", "with its session", str(rows))
    told = place.porthole("trace", "--summary", "--log", log, "--json").json_lines()[0]
    expect(told["lines"] == told["understood"] == 14, "every line is understood", str(told))
    expect(told["recipients"] == {"delivered": 1}, "one recipient was delivered", str(told))


@check("a gateway's debug log stands under its connection, without the password that it holds; its events are read beside it")
def debug(place):
    log = place.path("debug.log")
    pathlib.Path(log).write_text(DEBUG)
    done = place.porthole("trace", "198.51.100.4", "--log", log)
    expect("failed to log in" in done.out, "the verdict is that the login failed", done.evidence)
    expect("535 #5.7.8" in done.out and "AUTH PLAIN [redacted]" in done.out, "the dialogue is shown", done.evidence)
    expect("AHByb2Jl" not in done.out, "the secret is not", done.evidence)
    rows = place.porthole("trace", "--list", "--reply", "550", "--log", log, "--json").json_lines()
    expect([(row["id"], row["verdict"]) for row in rows] == [("MID 214", "bounced")], "550 is the bounced one", str(rows))
    for question in (("5.1.1",), ("5.1.1", "--list")):
        done = place.porthole("trace", *question, "--log", log)
        expect("--list --reply 5.1.1" in done.out, "how a reply's code is asked for", done.evidence)


@check("a session that was kept is laid beside the log: both clocks, one order, found by the id in the 250")
def session(place):
    with Reader(place, "lab") as lab:
        lab.wait_for("\n", 15)
        said = json.loads(lab.out)
        done = place.porthole(
            "send", said["smtp"], "--from", "a@example.net", "--to", "user@example.test", "--send", "--json"
        )
        expect(done.status == 0, "the lab takes the message", done.evidence)
        kept = [path for path in sorted(place.state.rglob("*")) if path.is_file()]
        journals = [path for path in kept if path.read_bytes().startswith(b"porthole session 1")]
        expect(journals, "the session was kept", str(kept))
        joined = place.porthole("trace", "--session", journals[0], "--log", said["log"])
        expect(joined.status == 0, "the session is laid beside the log", joined.evidence)
        expect("which the reply to the message named" in joined.out, "found by its id", joined.evidence)
        ours, theirs = joined.out.find("C: RCPT TO:"), joined.out.find("RID 0 To:")
        expect(0 < ours < theirs, "our RCPT stands before the gateway's line about it", joined.evidence)
        rows = place.porthole("trace", "--session", journals[0], "--log", said["log"], "--json").json_lines()
        expect(rows and rows[0]["isCertain"], "and it is certain", str(rows)[:2000])


@check("a bad question to a log is one sentence, and nothing is read")
def mistakes(place):
    for arguments, word in [
        (["--log", "x"], "missing"),
        (["--list", "--summary", "--log", "x"], "two questions"),
        (["--list", "--since", "yesterday", "--log", "x"], "--since"),
        (["a@b.test", "--summary", "--log", "x"], "everybody"),
        (["--session", "x", "198.51.100.4", "--log", "x"], "leave out"),
        (["--session", "x", "--verdict", "bounced", "--log", "x"], "do not go with --session"),
    ]:
        done = place.porthole("trace", *arguments)
        expect(done.status == 64 and word in done.err, f"{arguments} is a usage error that says {word}", done.evidence)


# MARK: The corpus

OUTCOMES = {
    "delivered": {"delivered"},
    "deferred": {"delayed", "pending"},
    "bounced": {"bounced", "expired"},
    "rejected": {"rejected"},
    "aborted": {"aborted"},
}
REFUSALS = {"user-unknown", "rcpt-rejected", "sender-rejected", "rbl-rejected", "greylisted", "too-big", "refused"}
LABS = {
    "postfix/lab-longid": ["mail.rfc3164.log", "mail.rfc3339.log", "mail.rfc5424.log"],
    "postfix/lab-shortid": ["mail.rfc3164.log"],
    "exim/lab-default": ["mainlog"],
    "exim/lab-all-selectors": ["mainlog", "syslog.rfc3164.log"],
    "sendmail/lab-loglevel9": ["mail.rfc3164.log", "mail.rfc3339.log"],
    "sendmail/lab-loglevel14": ["mail.rfc3164.log"],
    "opensmtpd/lab": ["mail.rfc3164.log", "mail.rfc3339.log"],
}


def corpus(repository):
    folder = repository.parent / "shared" / "corpus" / "logs"
    if not folder.is_dir():
        raise Skipped("no ../shared/corpus/logs")
    return folder


def ask(porthole, *arguments):
    return [json.loads(line) for line in porthole("trace", *arguments, "--json").splitlines()]


def wrong_recipients(rows, truth):
    """What the log's rows say otherwise than the truth about the recipients of each message."""
    wrong, count = [], 0
    for message in truth["messages"]:
        words = message["data"][1].replace("id=", "").split() if message.get("data") else []
        mine = [
            row for row in rows if row.get("id") in words or row["messageID"].strip("<>") == message["msgid"] != ""
        ]
        silent = [row for row in rows if row.get("address") == message["ip"] and not row.get("outcome")]
        for recipient in message["rcpts"]:
            count += 1
            told = {
                entry["outcome"]
                for row in mine
                for entry in row["recipients"]
                if entry["address"].lower() == recipient["to"].lower()
            }
            if not mine:
                # Never taken: the connection's own verdict tells, perhaps on a message that never ended.
                told = {"rejected" for row in silent if row["verdict"] in REFUSALS}
                # Sendmail has a queue id, but no recipient, for a message that broke off.
                told |= {
                    "aborted"
                    for row in rows
                    if row.get("address") == message["ip"] and row["verdict"] in ("lost", "aborted")
                }
                told |= {
                    entry["outcome"]
                    for row in rows
                    if row.get("address") == message["ip"]
                    for entry in row["recipients"]
                    if entry["address"].lower() == recipient["to"].lower()
                }
            if not told & OUTCOMES[recipient["outcome"]]:
                wrong.append(f"{message['test']} <{recipient['to']}>: {recipient['outcome']}, but the log is read as {told}")
    return wrong, count


@check("every recipient of the logs of four real servers ends as the clients and next hops saw it")
def real_servers(place):
    folder, faults = corpus(place.repository), []
    for name, files in LABS.items():
        truth = json.loads((folder / name / "truth.json").read_text())
        for file in files:
            log = str(folder / name / file)
            rows = place.porthole("trace", "--list", "--log", log, "--json", seconds=30).json_lines()
            faults += [f"{name}/{file}: {fault}" for fault in wrong_recipients(rows, truth)[0]]
            told = place.porthole("trace", "--summary", "--log", log, "--json", seconds=30).json_lines()[0]
            if told["understood"] < 0.99 * told["lines"]:
                faults.append(f"{name}/{file}: {told['understood']} of {told['lines']} lines understood")
    expect(not faults, "every recipient is right and 99 % of the lines are understood", "\n".join(faults))


def table(binary):
    """The corpus, a line a file: format, lines, share understood, recipients right."""

    def porthole(*arguments):
        return subprocess.run([binary, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout

    folder = corpus(pathlib.Path(__file__).resolve().parents[2])
    names = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in names:
        if path.suffix in (".json", ".jsonl", ".md", ".txt"):
            continue
        told = ask(porthole, "--summary", "--log", str(path))[0]
        share = 100 * told["understood"] / max(1, told["lines"])
        right = ""
        if str(path.parent.relative_to(folder)) in LABS and (path.parent / "truth.json").is_file():
            if path.name in LABS[str(path.parent.relative_to(folder))]:
                truth = json.loads((path.parent / "truth.json").read_text())
                wrong, count = wrong_recipients(ask(porthole, "--list", "--log", str(path)), truth)
                right = f"{count - len(wrong)} of {count} recipients right"
        name = str(path.relative_to(folder))
        print(f"{name:44} {told.get('format', '-'):30} {told['lines']:6} lines {share:6.1f} %  {right}")


if __name__ == "__main__":
    table(sys.argv[1])
