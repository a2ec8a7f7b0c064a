"""Where a log may come from: files of every kind, commands, the journal, syslog over the network."""

import os
import pathlib
import re
import socket
import subprocess

from harness import check, expect, until
from logs import Reader

FRAME = "<22>Feb  2 10:00:06 "


@check(
    "follow says in one sentence why a directory, a FIFO or a wrong source is no log, ends with the documented status, "
    "and waits for a file that is missing"
)
def refusals(place):
    pipe = place.path("pipe")
    os.mkfifo(pipe)
    gate = place.path("gate")
    socket.socket(socket.AF_UNIX).bind(gate)
    for source, status, words in (
        (place.folder, 66, "it is a directory; name a file in it"),
        (pipe, 66, "it is a pipe; feed it to standard input with -"),
        (gate, 66, "it is a socket; name the file that syslog writes"),
        ("/dev/null", 66, "it is a device"),
        ("cmd:", 64, "wants a command"),
        ("syslog://nowhere", 64, "wants an address of this machine and a port"),
    ):
        done = place.porthole("follow", source, seconds=10)
        expect(done.status == status and words in done.err, f"{source} ends with {status}: {words}", done.evidence)
        expect(len(done.err.strip().splitlines()) == 1 and not done.out, "one sentence and nothing else", done.evidence)
        if status == 66:
            done = place.porthole("trace", "198.51.100.4", "--log", source, seconds=10)
            expect(done.status == 66 and words in done.err, f"trace says the same: {words}", done.evidence)
    missing = pathlib.Path(place.path("later.log"))
    with Reader(place, "follow", missing, "--until", "the end") as reader:
        until(lambda: b"there is no such file" in reader.err, 10, "the missing file is said", lambda: reader.evidence)
        missing.write_bytes(b"binary \x00\x1b[31m \xff\nnow the end\nand more\n")
        until(lambda: reader.process.poll() is not None, 10, "--until ends it", lambda: reader.evidence)
        expect(reader.process.returncode == 0, "with 0", reader.evidence)
        lines = reader.out.decode().splitlines()
        expect(len(lines) == 2 and lines[1] == "now the end", "with that line as the last one", reader.evidence)
        expect("\x1b" not in lines[0] and "\0" not in lines[0], "nothing of it reaches the terminal raw", reader.evidence)
    empty = place.write("empty.log", "")
    with Reader(place, "follow", empty, "--until", "x") as reader:
        with open(empty, "a") as log:
            log.write("x\n")
        until(lambda: reader.process.poll() == 0, 10, "an empty file is followed", lambda: reader.evidence)
    done = place.porthole("follow", "-", text="one\ntwo", seconds=10)
    expect(done.status == 0 and done.out == "one\ntwo\n", "standard input is read to its end", done.evidence)


@check("follow never prints what a client sent behind AUTH, neither as text nor as JSON; nor does trace")
def secrets(place):
    session = "2026-02-02T10:00:00.5+00:00 mx smtpd[7]: 2a35fc9ae4080d52 smtp "
    log = place.write(
        "mail.log",
        f"{session}connected address=198.51.100.4 host=mx.test\n"
        f'{session}failed-command command="AUTH PLAIN AGFsaWNlAGh1bnRlcjI=" result="535 Authentication failed"\n'
        f"{session}disconnected reason=quit\n",
    )
    for arguments in (
        ("follow", log, "--until", "disconnected"),
        ("follow", log, "--until", "disconnected", "--json"),
        ("trace", "198.51.100.4", "--log", log),
        ("trace", "198.51.100.4", "--log", log, "--json"),
    ):
        done = place.porthole(*arguments, seconds=20)
        expect(done.status == 0 and done.out, "there is an answer", done.evidence)
        expect("AGFsaWNl" not in done.out + done.err, "without the secret", done.evidence)


@check("follow cmd: starts a failed command again and says that lines may be missing, and ends when the command is done")
def commands(place):
    mark = place.path("mark")
    command = f"echo first; if test -e {mark}; then echo second; exit 0; fi; : >{mark}; echo no route to host >&2; exit 255"
    done = place.porthole("follow", f"cmd:{command}", seconds=20)
    expect(done.status == 0 and done.out == "first\nsecond\n", "it ran twice, and what it says again is left out", done.evidence)
    expect(
        "stopped with status 255 (no route to host): starting it again in 1 s; lines that are written meanwhile are missing"
        in done.err,
        "the gap is marked",
        done.evidence,
    )


@check("follow journal: reads the journal's entries as log lines, of several sources each line with its source")
def journal(place):
    tools = place.folder / "tools"
    tools.mkdir()
    fake = tools / "journalctl"
    entry = "__REALTIME_TIMESTAMP=1763753495637123\n_HOSTNAME=mx\nSYSLOG_IDENTIFIER=postfix/smtpd\n_PID=229\n"
    (tools / "entries").write_bytes((entry + "MESSAGE=connect from mx.test[198.51.100.4]\n\n").encode())
    fake.write_text(f'#!/bin/sh\necho "$@" >{tools}/arguments\nexec cat {tools}/entries\n')
    fake.chmod(0o755)
    log = place.write("mail.log", "a line of the file\n")
    done = subprocess.run(
        [place.binary, "follow", "journal:", "cmd:cat mail.log"],
        env=place.environment | {"PATH": f"{tools}:{place.environment['PATH']}"},
        cwd=os.path.dirname(log),
        capture_output=True,
        text=True,
        timeout=20,
    )
    story = f"{done.stdout}\n{done.stderr}"
    expect(
        sorted(done.stdout.splitlines())
        == [
            "cmd:cat mail.log: a line of the file",
            "journal:: 2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from mx.test[198.51.100.4]",
        ],
        "both sources are read",
        story,
    )
    expect("SYSLOG_FACILITY=2" in (tools / "arguments").read_text(), "only mail is asked for", story)
    done = subprocess.run(
        [place.binary, "trace", "198.51.100.4", "--log", "journal:"],
        env=place.environment | {"PATH": f"{tools}:{place.environment['PATH']}"},
        capture_output=True,
        text=True,
        timeout=20,
    )
    story = f"{done.stdout}\n{done.stderr}"
    expect("connect from mx.test[198.51.100.4]" in done.stdout and done.returncode == 0, "trace reads it too", story)
    expect("--follow" not in (tools / "arguments").read_text(), "to its end, without waiting for more", story)
    refused = place.porthole("trace", "198.51.100.4", "--log", "syslog://127.0.0.1:5514")
    expect(refused.status == 66 and "nothing is there before it is sent" in refused.err, "and says what it cannot", refused.evidence)
    refused = place.porthole("follow", "syslog://203.0.113.1:5514")
    expect(refused.status == 66 and "cannot listen on 203.0.113.1" in refused.err, "as follow does", refused.evidence)


@check("follow syslog:// receives UDP and both framings of TCP on one port, keeps the hosts apart and loses nothing")
def network(place):
    with Reader(place, "follow", "syslog://127.0.0.1:0") as reader:
        until(lambda: b"listening on" in reader.err, 10, "it says where it listens", lambda: reader.evidence)
        port = int(re.search(rb"127\.0\.0\.1:(\d+)", reader.err)[1])
        datagrams = []
        for host in ("127.0.0.2", "127.0.0.3"):
            sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sender.bind((host, 0))
            datagrams.append(sender)
        streams = [socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.4", 0)) for _ in range(2)]
        for number in range(2000):
            words = f"{FRAME}mail_logs: Info: MID {number} queued for delivery"
            datagrams[number % 2].sendto(words.encode(), ("127.0.0.1", port))
            counted = f"{words} {number}"
            streams[0].sendall(f"{len(counted)} {counted}".encode())
            streams[1].sendall(f"{FRAME}esa9 mail_logs: Info: ICID {number} close\n".encode())
            if number % 100 == 0:
                until(lambda: f"ICID {number} close".encode() in reader.out, 10, "it keeps up", lambda: reader.evidence[-500:])
        for one in (*datagrams, *streams):
            one.close()
        until(lambda: reader.out.count(b"\n") >= 6000, 10, "all 6000 came", lambda: reader.evidence[-500:])
        lines = reader.out.decode().splitlines()
        expect(len(lines) == len(set(lines)) == 6000, "each once", f"{len(lines)} lines, {len(set(lines))} of them different")
        for host, count in (("127.0.0.2", 1000), ("127.0.0.3", 1000), ("127.0.0.4", 2000), ("esa9", 2000)):
            found = sum(line.startswith(f"{FRAME}{host} mail_logs: Info: ") for line in lines)
            expect(found == count, f"{count} lines are of {host}", f"{found}")


@check("trace and follow read what journalctl -o json writes, from a file and from a pipe, as the log lines that it is")
def objects(place):
    entry = '{"__REALTIME_TIMESTAMP":"1763753495637123","_HOSTNAME":"mx","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"229"'
    words = (
        "connect from mx.test[198.51.100.4]",
        "NOQUEUE: reject: RCPT from mx.test[198.51.100.4]: 550 5.1.1 <x@corp.test>: Recipient address rejected: User "
        "unknown; from=<a@mx.test> to=<x@corp.test> proto=ESMTP helo=<mx.test>",
        "disconnect from mx.test[198.51.100.4] ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4",
    )
    log = place.write("journal.json", "".join(f'{entry},"MESSAGE":"{word}"}}\n' for word in words))
    for source, text in ((log, ""), ("-", pathlib.Path(log).read_text()), (f"cmd:cat {log}", "")):
        done = place.porthole("trace", "198.51.100.4", "--log", source, text=text)
        expect("2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from mx.test" in done.out, source, done.evidence)
        expect("x@corp.test" in done.out.splitlines()[0] and "{" not in done.out, "a verdict, and lines", done.evidence)
    done = place.porthole("follow", "-", text=pathlib.Path(log).read_text())
    expect(len(done.out.splitlines()) == 3 and "{" not in done.out, "as lines for people", done.evidence)
