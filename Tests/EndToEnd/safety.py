"""No escape byte of a hostile banner, reply, DNS answer or log line reaches the terminal."""

import glob

from harness import check, expect
from hostile import PAYLOAD, HostileSMTP, NameServer, hostile_log
from recorder import Recorder


def walk_through_panes(recorder):
    """Shows everything that the dashboard can show of what it was told."""
    recorder.press("r", quiet=0.6)
    for keys in (
        "2z",
        "jjjj",
        "z",
        "3z",
        "jjjj",
        "z",
        "1z",
        "v",
        "kkkkkk",
        "\r",
        "v",
        "z",
        "4z",
        "GkkkkllL",
        "\r",
        "z",
        "w",
        "n",
        "n",
        "\x1b",
        "f",
        "f",
        "f",
    ):
        recorder.press(keys, quiet=0.12)


@check(
    "hostile banner, EHLO list and replies, hostile certificate, DNS answers and log, all at once in the dashboard: no byte of theirs is a control"
)
def dashboard(place):
    smtp, names = place.enter(HostileSMTP(place)), place.enter(NameServer())
    log = place.write("hostile.log", hostile_log())
    arguments = (
        "user@evil.test",
        "--port",
        smtp.port,
        "--resolver",
        f"127.0.0.1:{names.port}",
        "--log",
        log,
        "--to",
        "user@evil.test",
        "--from",
        "sender@example.test",
    )
    with Recorder(place, *arguments) as recorder:
        recorder.wait_for(b"Session")
        walk_through_panes(recorder)
        recorder.press("q")
        recorder.finish()
        recorder.expect_clean("the dashboard")
        for word in (b"PWNcert", b"PWNbanner", b"PWNrcpt", b"PWNehlo", b"no format at all", b"v=spf1 PWN"):
            expect(word in recorder.bytes, f"{word.decode()} was shown at all", repr(bytes(recorder.bytes[-6000:])))


@check("a hostile log with no session, scrolled, filtered and searched: no byte of it is a control")
def log_alone(place):
    log = place.write("hostile.log", hostile_log())
    with Recorder(place, *place.on_loopback(["--log", log]), columns=80, rows=24) as recorder:
        recorder.wait_for(b"Porthole")
        recorder.settle()
        recorder.press("\x1b")
        for keys in (
            "4z",
            "g",
            "jjjjjjjj",
            # The message of the line, and back.
            "\r",
            "llllllll",
            "\x1b",
            # The explanation of its reply.
            "E",
            "4",
            "/PWN\r",
            "nnn",
            "F",
            "PWN",
            "\r",
            "z",
            "2z",
            "jjjj",
            "z",
        ):
            recorder.press(keys, quiet=0.12)
        recorder.press("q")
        recorder.finish()
        recorder.expect_clean("the log pane")
        expect(b"PWN" in recorder.bytes, "the log was shown at all", repr(bytes(recorder.bytes[-3000:])))


@check(
    "the headless commands on a terminal: send, check, trace, follow, explain and replay pass on no control of a peer"
)
def headless(place):
    smtp, names = place.enter(HostileSMTP(place)), place.enter(NameServer())
    log = place.write("hostile.log", hostile_log())
    resolver = f"127.0.0.1:{names.port}"
    evil = PAYLOAD.replace(b"\x00", b"").decode("utf-8", "ignore")
    runs = [
        (
            "send",
            "user@evil.test",
            "--port",
            smtp.port,
            "--resolver",
            resolver,
            "--to",
            "user@evil.test",
            "--tls",
            "never",
        ),
        ("send", "user@evil.test", "--port", smtp.port, "--resolver", resolver, "--to", "user@evil.test"),
        ("send", "user@evil.test", "--port", smtp.port, "--resolver", resolver, "--json"),
        ("check", "evil.test", "--resolver", resolver),
        ("check", "192.0.2.77", "--resolver", resolver),
        ("check", "evil.test", "--resolver", resolver, "--json"),
        ("trace", "192.0.2.77", "--log", log),
        ("trace", "MID 9", "--log", log, "--json"),
        ("explain", f"550 5.1.1 PWN {evil}", "--json"),
        ("send", f"PWN{evil}.test"),
        ("trace", f"PWN{evil}", "--log", log),
        ("trace", "x", "--log", f"/PWN{evil}"),
        ("replay", f"/PWN{evil}"),
    ]

    def watch(*arguments):
        with Recorder(place, *arguments) as recorder:
            recorder.finish(20)
            recorder.expect_clean("porthole " + ascii(" ".join(map(str, arguments)))[:120])
            if not any("PWN" in str(argument) for argument in arguments):
                expect(
                    b"PWN" in recorder.bytes,
                    f"porthole {arguments[0]} shows what a peer said",
                    repr(bytes(recorder.bytes)),
                )

    for arguments in runs:
        watch(*arguments)
    with Recorder(place, "follow", log) as recorder:
        recorder.wait_for(b"no format at all")
        recorder.settle()
        recorder.expect_clean("porthole follow")
    sessions = glob.glob(f"{place.state}/*.session")
    expect(sessions, "send keeps its sessions")
    for session in sessions:
        kept = open(session, "rb").read()
        expect(b"\x1b" not in kept and b"\x9b31" not in kept, "a session file holds no escape byte", repr(kept[:2000]))
    for option in ((), ("--json",), ("--print-frame", "100x30")):
        if option:
            watch("replay", sessions[0], *option)
    watch("replay", sessions[0], "--plain")
