"""What a trace costs, in instructions: the one measure that a busy machine does not change."""

import re
import shutil
import subprocess

from harness import Skipped, check, expect

# A little above what was measured; whoever makes the program dearer on purpose changes this number and says why.
MOST_PER_LINE = 1000


def gateway_log(count):
    """So many lines of a gateway at work, always the same."""
    lines = []
    number = 0
    while len(lines) < count:
        number += 1
        stamp = f"Mon Feb  2 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} 2026 Info: "
        client = f"198.51.{number % 200}.{number % 250}"
        icid, mid, dcid = 9000000 + number, 5000000 + number, 700000 + number // 3
        for words in (
            f"New SMTP ICID {icid} interface Data 1 (192.0.2.25) address {client} reverse dns host mx{number}.test verified yes",
            f"ICID {icid} ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 1.2 country Japan",
            f"Start MID {mid} ICID {icid}",
            f"MID {mid} ICID {icid} From: <user{number}@sender.test>",
            f"MID {mid} ICID {icid} RID 0 To: <user{number % 90}@corp.test>",
            f"MID {mid} Message-ID '<{number}.abc@sender.test>'",
            f"MID {mid} Subject 'Statement for account {number}'",
            f"MID {mid} ready {number % 9000} bytes from <user{number}@sender.test>",
            f"MID {mid} matched all recipients for per-recipient policy DEFAULT in the inbound table",
            f"MID {mid} interim verdict using engine: CASE spam negative",
            f"MID {mid} antivirus negative ",
            f"MID {mid} queued for delivery",
            f"New SMTP DCID {dcid} interface 192.0.2.25 address 192.0.2.8 port 25",
            f"Delivery start DCID {dcid} MID {mid} to RID [0]",
            f"Message done DCID {dcid} MID {mid} to RID [0] ",
            f"MID {mid} RID [0] Response '2.0.0 Ok: queued as {number:X}'",
            f"Message finished MID {mid} done",
            f"ICID {icid} close",
        ):
            lines.append(f"{stamp}{words}\n")
    return "".join(lines[:count])


def instructions(place, log):
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", place.binary, "trace", "198.51.7.7", "--log", log],
        env=place.environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    counted = re.search(r"Collected : (\d+)", done.stderr)
    expect(done.returncode == 0 and counted, "the trace runs under callgrind", done.stdout[-500:] + done.stderr[-2000:])
    expect("MID 5000007" in done.stdout, "and finds what it looks for", done.stdout[-500:])
    return int(counted[1])


@check(f"a trace costs no more than {MOST_PER_LINE} instructions a line of the log")
def cost_of_a_trace(place):
    if shutil.which("valgrind") is None:
        raise Skipped("valgrind is not installed")
    few, many = 3600, 72000
    small = instructions(place, place.write("small.log", gateway_log(few)))
    large = instructions(place, place.write("large.log", gateway_log(many)))
    per_line = (large - small) / (many - few)
    expect(per_line <= MOST_PER_LINE, f"at most {MOST_PER_LINE} a line", f"{per_line:.1f} a line ({small} and {large} in all)")
