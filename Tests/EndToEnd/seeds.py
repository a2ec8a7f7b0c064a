#!/usr/bin/env python3
"""Thousands of misbehaving servers, one seed each: the headless program against a generator of hostile SMTP servers.

    python3 Tests/EndToEnd/seeds.py BINARY --server hostile_smtp_server.py [--first N] [--count N] [--workers N]

The generator (see its own text) turns a seed into a server: a fault, the stage that it strikes at and every byte. Each
seed is one run of the program with a journal of its own; how it is run follows from the seed too, so that a seed is the
whole report of a fault. The figures come last; exit 1 when a promise was broken.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from forms import forms_of

#: Seconds that a reply may take here, and how far beyond them the program may get.
LIMIT, GRACE = 0.5, 1.0
#: What the program may hold in memory on top of what it needs for a peaceful session, KiB.
MEMORY = 8 << 10
SECRET = "kX9-s3cr3t-Zq"
#: How a seed is run: by `seed // 48`, so that each of the 48 faults meets each of them.
WAYS = (
    ("--auth", "login", "--auth-unverified-ok", "--send"),
    ("--send",),
    ("--auth", "plain", "--auth-unverified-ok", "--tls", "required", "--send"),
    ("--tls", "never", "--pipelining", "--to", "c@y.example", "--send"),
    ("--auth", "plain"),
    ("--pipelining", "--to", "c@y.example", "--notify", "NEVER", "--send"),
    ("--auth", "login", "--auth-unverified-ok", "--auth-no-initial-response", "--tls", "required", "--count", "2", "--send"),
    ("--stop-after", "rcpt", "--tls", "required"),
)  # fmt: skip
#: The command whose reply a stage is.
VERBS = {"ehlo": "EHLO", "mail": "MAIL", "rcpt": "RCPT", "data": "DATA", "dot": "DATA"}


class Seed:
    """One run of the program: what it came to. The texts are looked through and let go: the memory of a process that was just
    started is counted with ours."""

    peaceful, overhead = 0, 0

    def __init__(self, number, status, out, err, seconds, memory, files):
        self.number, self.status, self.seconds, self.memory = number, status, seconds, memory
        self.way = WAYS[number // 48 % len(WAYS)]
        self.said, self.wait, self.early = None, 0, []
        if status not in (0, 69, 75, 76, 77):
            self.early.append(f"crashed or refused: exit {status}: {err[-300:]}")
            return
        try:
            said = json.loads(out)
        except ValueError:
            self.early.append(f"printed no JSON: {out[:300]} {err[-300:]}")
            return
        self.said = {"exit": said["exit"], "oddities": said["oddities"]}
        moments = [event["ms"] / 1000 for event in said["events"]]
        waits = [later - sooner for sooner, later in zip(moments, moments[1:])]
        # What the program takes to start and to end on this machine is no waiting.
        self.wait = max([*waits, seconds - (moments[-1] if moments else 0) - Seed.overhead])
        text = (out + err + files).encode()
        if "--auth" in self.way and any(form in text for form in forms_of("user", SECRET)):
            self.early.append("wrote the secret down")

    @property
    def is_late(self):
        return self.wait > LIMIT + GRACE

    def faults(self, row):
        """The promises that this run broke, as sentences; `row` is the server's ledger."""
        yield from self.early
        if self.said is None:
            return
        if self.is_late:
            yield f"waited {self.wait:.2f} s"
        if self.memory > MEMORY + Seed.peaceful:
            yield f"took {self.memory >> 10} MiB of memory"
        if row is None:
            if self.said["exit"] == 0:
                yield "says 0, but the server knows nothing of it"
            return
        yield from self.judged(self.said, row)

    def judged(self, said, row):
        commands, mode, stage = row["commands"], row["mode"], row["stage"]
        if row["secret_in_clear"]:
            yield "said the secret in the clear"
        if mode == "starttls_injection" and "STARTTLS" in commands:
            if "bytes-after-starttls" not in said["oddities"]:
                yield "did not see what was injected behind STARTTLS"
            if said["exit"] != 76 or commands[-1] != "STARTTLS":
                yield f"went on after an injection: {commands}, exit {said['exit']}"
        if "required" in self.way and not row["tls"] and {"AUTH", "MAIL", "RCPT", "DATA"} & set(commands):
            yield f"went on without the TLS that was required: {commands}"
        if mode == "early_talker" and said["exit"] != 76:
            yield f"took what an early talker said: exit {said['exit']}"
        is_struck = stage == "banner" or VERBS.get(stage) in commands
        if mode == "wrong_code_multiline" and is_struck and said["exit"] == 0:
            yield "took contradictory codes for success"
        if mode in ("early_close", "reset", "silent", "no_final_line") and is_struck and said["exit"] == 0:
            yield f"says 0 although the server never answered {stage}"


class Walker(threading.Thread):
    """Walks along a stretch of seeds with a server of its own, one after another."""

    def __init__(self, binary, server, first, count, folder):
        super().__init__()
        self.binary, self.server, self.first, self.count, self.folder = binary, server, first, count, folder
        self.broken, self.rows, self.seeds = [], {}, []
        self.fault = None

    def run(self):
        try:
            self.walk()
        except Exception as fault:  # told at the end, by whoever started the walk
            self.fault = f"seeds from {self.first}: {fault!r}"

    def walk(self):
        self.folder.mkdir()
        ledger = self.folder / "ledger"
        process = subprocess.Popen(
            [
                sys.executable, str(self.server), "--seed", str(self.first), "--count", str(self.count),
                "--scale", "0.01", "--hold", "8", "--secret", SECRET, "--ledger", str(ledger),
                "--max-seconds", str(60 + 4 * self.count),
            ],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            port = int(process.stdout.readline().split()[1])
            for number in range(self.first, self.first + self.count):
                self.seeds.append(self.one(number, port))
            try:
                process.wait(timeout=12)
            except subprocess.TimeoutExpired:
                pass  # it still holds a connection that ended for us
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()
        self.rows = {row["seed"]: row for row in map(json.loads, ledger.read_text().splitlines())}

    def one(self, number, port):
        state = self.folder / "state"
        arguments = [
            self.binary, "send", f"127.0.0.1:{port}", "--from", "a@x.example", "--to", "b@y.example", "--json",
            *(f"--timeout={stage}={LIMIT}" for stage in "connect greeting tls command data eod quit".split()),
            *WAYS[number // 48 % len(WAYS)],
        ]  # fmt: skip
        if "--auth" in arguments:
            arguments += ["--auth-user", "user", "--password-fd", "0"]
        began = time.monotonic()
        with open(self.folder / "out", "wb+") as out, open(self.folder / "err", "wb+") as err:
            process = subprocess.Popen(
                arguments, stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
                     "HOME": str(self.folder), "XDG_STATE_HOME": str(state)},
            )  # fmt: skip
            try:
                process.stdin.write(SECRET.encode() + b"\n")
                process.stdin.close()
            except BrokenPipeError:
                pass
            guard = threading.Timer(30, process.kill)
            guard.start()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            guard.cancel()
            seconds = time.monotonic() - began
            out.seek(0), err.seek(0)
            texts = out.read().decode(errors="replace"), err.read().decode(errors="replace")
        files = ""
        for path in state.rglob("*.session"):
            files += path.read_bytes().decode(errors="replace")
            path.unlink()
        return Seed(number, process.returncode, *texts, seconds, usage.ru_maxrss, files)


def measure_peace(binary, server, folder):
    """What one session with a server of no fault takes: memory in KiB, and seconds before and after it."""
    walker = Walker(binary, server, 0, 1, folder)
    walker.walk()
    Seed.peaceful, Seed.overhead = walker.seeds[0].memory, max(0, walker.seeds[0].wait)


def walk(binary, server, first, count, workers, folder):
    """Runs the seeds; gives the broken promises as sentences, and the figures."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    measure_peace(binary, server, folder / "peaceful")
    began = time.monotonic()
    faults, tallies, longest, memory, injected, secured, retried = [], {}, 0, 0, 0, 0, 0
    stretch = max(1, min(250, -(-count // workers)))
    starts = list(range(first, first + count, stretch))
    lock = threading.Lock()

    def work():
        nonlocal longest, memory, injected, secured, retried
        while True:
            with lock:
                if not starts:
                    return
                start = starts.pop(0)
            walker = Walker(binary, server, start, min(stretch, first + count - start), folder / str(start))
            walker.run()
            # A machine that is busy otherwise is late too: who waited too long has to do so again, alone.
            late = [seed for seed in walker.seeds if seed.is_late]
            for seed in late:
                again = Walker(binary, server, seed.number, 1, folder / f"{start}-{seed.number}")
                again.run()
                if again.fault is None and not again.seeds[0].is_late:
                    seed.wait = again.seeds[0].wait
            with lock:
                retried += len(late)
                if walker.fault:
                    faults.append(walker.fault)
                for seed in walker.seeds:
                    row = walker.rows.get(seed.number)
                    for fault in seed.faults(row):
                        name = f"{row['mode']} at {row['stage']}" if row else "no row in the ledger"
                        faults.append(f"seed {seed.number} ({name}; {' '.join(seed.way)}): {fault}")
                    tallies[seed.status] = tallies.get(seed.status, 0) + 1
                    longest, memory = max(longest, seed.seconds), max(memory, seed.memory)
                    if row:
                        secured += row["tls"]
                        injected += row["mode"] == "starttls_injection" and "STARTTLS" in row["commands"]
            shutil.rmtree(folder / str(start), ignore_errors=True)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures = (
        f"{sum(tallies.values())} seeds from {first} in {time.monotonic() - began:.0f} s; exits "
        + ", ".join(f"{status}: {number}" for status, number in sorted(tallies.items()))
        + f"; {secured} under TLS; {injected} injections; the longest run {longest:.2f} s, {retried} run twice; "
        f"memory {Seed.peaceful >> 10} MiB in peace, {memory >> 10} MiB at most; {len(faults)} broken promises"
    )
    return faults, figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--server", type=pathlib.Path, required=True, help="the generator of hostile servers")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="porthole-seeds-") as folder:
        faults, figures = walk(
            str(options.binary.resolve()), options.server.resolve(), options.first, options.count, options.workers, folder
        )
    for fault in faults:
        print(fault)
    print(figures)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
