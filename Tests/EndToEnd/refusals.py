"""Every class of wrong option of `send`: one clear sentence, 64 or 66, and a listener that nobody came to."""

import os
import socket

from harness import check, expect
from mistakes import NOT_A_SENTENCE

LINE_BREAKS = ("\r\n", "\n", "\r")


class Listener:
    """Counts who connects; says nothing."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.port = self.socket.getsockname()[1]
        return self

    def callers(self):
        count = 0
        try:
            while True:
                self.socket.accept()[0].close()
                count += 1
        except TimeoutError:
            return count

    def __exit__(self, *_):
        self.socket.close()


def refusals(place):
    """Rows of arguments behind the target, the exit code, and words that the sentence must hold."""
    to = ("--to", "user@example.test")
    missing, folder = place.path("missing"), place.path("home")
    junk = place.write("junk.pem", b"this is no PEM\n")
    empty = place.write("empty", b"")
    giant = place.write("giant", b"x" * (65 << 10))
    good = place.write("good", b"secret\n")
    for path in (empty, giant, good):
        os.chmod(path, 0o600)
    user = ("--auth-user", "probe")
    # addresses and names
    yield ("--to", "user"), 64, ("--to", "user")
    yield ("--to", "user@"), 64, ("--to",)
    yield ("--to", "@example.test"), 64, ("--to",)
    yield ("--to", "us er@example.test>"), 64, ("--to",)
    yield ("--to", "<user@example.test"), 64, ("--to",)
    yield ("--to", ""), 64, ("--to",)
    yield (*to, "--from", "no address"), 64, ("--from",)
    yield (*to, "--from", "a@b@c.test"), 64, ("--from",)
    yield (*to, "--from", "a@b.test>"), 64, ("--from",)
    yield (*to, "--helo", "two words"), 64, ("--helo",)
    yield (*to, "--helo", ""), 64, ("--helo",)
    # line breaks inside a field
    for end in LINE_BREAKS:
        for option in ("--to", "--from", "--helo", "--subject", "--envid", "--mail-param", "--xclient", "--sni"):
            value = {"--to": "a@b.test", "--from": "a@b.test", "--xclient": "NAME=a"}.get(option, "a")
            yield (*to, option, f"{value}{end}QUIT"), 64, (option,)
        yield (*to, "--auth-user", f"a{end}b", "--password-file", good), 64, ("--auth-user",)
        yield (*to, *user, "--auth-as", f"a{end}b", "--password-file", good), 64, ("--auth-as",)
        yield ("--to", f"user@example.test X=1{end}QUIT"), 64, ("--to",)
    yield ("--to", "user@example.test NOTIFY=\x07"), 64, ("--to",)
    # mechanisms and secrets
    yield (*to, "--auth", "ntlm", *user, "--password-file", good), 64, ("ntlm", "plain")
    yield (*to, "--auth", "plain"), 64, ("--auth-user",)
    yield (*to, "--auth", "external", *user, "--password-file", good), 64, ("external",)
    yield (*to, *user, "--password-file", missing), 66, (missing,)
    yield (*to, *user, "--password-file", folder), 66, (folder,)
    yield (*to, *user, "--password-file", giant), 66, (giant, "64 KiB")
    yield (*to, *user, "--password-file", empty), 64, ("empty",)
    yield (*to, *user, "--password-env", "NO_SUCH_VARIABLE"), 66, ("NO_SUCH_VARIABLE",)
    yield (*to, *user, "--password-fd", "77"), 66, ("77",)
    yield (*to, *user, "--password-fd", "-1"), 64, ("--password-fd",)
    yield (*to, *user, "--password-file", good, "--password-env", "HOME"), 64, ("--password-file",)
    yield (*to, "--password-file", good), 64, ("--auth-user",)
    yield (*to, "--auth-plaintext-ok"), 64, ("--auth-user",)
    yield (*to, *user, "--password-file", good, "--tls", "never"), 64, ("--auth-plaintext-ok",)
    # TLS
    yield (*to, "--tls", "perhaps"), 64, ("perhaps",)
    yield (*to, "--tls-min", "1.4"), 64, ("1.4",)
    yield (*to, "--tls-min", "1.3", "--tls-max", "1.2"), 64, ("1.3", "1.2")
    yield (*to, "--ciphers", "NO-SUCH-SUITE"), 64, ("NO-SUCH-SUITE",)
    yield (*to, "--pin", "00:11"), 64, ("--pin",)
    yield (*to, "--pin", "g" * 64), 64, ("--pin",)
    yield (*to, "--ca-file", missing), 66, (missing,)
    yield (*to, "--ca-file", folder), 66, (folder,)
    yield (*to, "--ca-file", junk), 66, (junk,)
    yield (*to, "--client-cert", missing), 66, (missing,)
    yield (*to, "--client-cert", junk), 66, (junk,)
    yield (*to, "--client-key", junk), 64, ("--client-cert",)
    # MAIL and RCPT
    yield (*to, "--notify", "SOMETIMES"), 64, ("--notify", "SOMETIMES")
    yield (*to, "--notify", "NEVER,SUCCESS"), 64, ("--notify", "NEVER")
    yield (*to, "--ret", "all"), 64, ("--ret", "all")
    yield (*to, "--envid", ""), 64, ("--envid",)
    yield (*to, "--envid", "x" * 101), 64, ("--envid", "101")
    yield (*to, "--size", "-1"), 64, ("--size",)
    yield (*to, "--size", "9" * 30), 64, ("--size",)
    yield (*to, "--body-type", "7BIT8"), 64, ("--body-type",)
    # connection
    yield (*to, "-4", "-6"), 64, ("-4", "-6")
    yield (*to, "-6", "--source", "127.0.0.1"), 64, ("--source",)
    yield (*to, "--source", "nowhere.test"), 64, ("--source",)
    yield (*to, "--source", "127.0.0.1:99999"), 64, ("--source",)
    yield (*to, "--proxy-protocol", "3"), 64, ("--proxy-protocol", "3")
    yield (*to, "--proxy-protocol", "1"), 64, ("--proxy-client",)
    one, other = "192.0.2.1:4000", "[2001:db8::1]:25"
    both = ("--proxy-header", "PROXY UNKNOWN", "--proxy-protocol", "1", "--proxy-client", one, "--proxy-server", one)
    yield (*to, *both), 64, ("--proxy-header", "--proxy-protocol")
    yield (*to, "--proxy-header", "PROXY UNKNOWN", "--proxy-client", one), 64, ("--proxy-header", "--proxy-client")
    yield (*to, "--proxy-header", ""), 64, ("--proxy-header",)
    yield (*to, "--proxy-header", "PROXY UNKNOWN\r\nEHLO x"), 64, ("--proxy-header",)
    yield (*to, "--sessions", "2", "--size", "99999999999999999"), 64, ("268435456 octets",)
    yield (*to, "--proxy-client", "192.0.2.1:1"), 64, ("--proxy-protocol",)
    yield (*to, "--proxy-protocol", "2", "--proxy-client", one, "--proxy-server", other), 64, ("families",)
    yield (*to, "--proxy-protocol", "2", "--proxy-client", "192.0.2.1", "--proxy-server", one), 64, ("--proxy-client",)
    yield (*to, "--xclient", ""), 64, ("--xclient",)
    yield (*to, "--xclient", "COLOUR=blue"), 64, ("--xclient", "COLOUR")
    yield (*to, "--xclient", "ADDR="), 64, ("--xclient",)
    for limit in ("greeting", "greeting=", "greeting=0", "greeting=-1", "greeting=soon", "greeting=1e9", "=5"):
        yield (*to, "--timeout", limit), 64, ("--timeout",)
    yield (*to, "--timeout", "lunch=5"), 64, ("lunch",)
    yield (*to, "--resolver", "127.0.0.1:0"), 64, ("port",)
    yield (*to, "--port", "0"), 64, ("0",)
    yield (*to, "--port", "65536"), 64, ("65536",)
    # how far
    yield ("--send",), 64, ("--to",)
    yield (*to, "--stop-after", "dessert"), 64, ("dessert",)
    yield (*to, "--stop-after", "data"), 64, ("--stop-after",)
    yield (*to, "--stop-after", "mail", "--send"), 64, ("--send",)
    yield (*to, "--stop-after", "mail", "--drop-after", "mail"), 64, ("--drop-after",)
    yield (*to, "--drop-after", "eod"), 64, ("--send",)
    yield (*to, "--count", "2"), 64, ("--send",)
    yield (*to, "--count", "0", "--send"), 64, ("--count",)
    yield (*to, "--count", "many", "--send"), 64, ("many",)
    yield (*to, "--all-mx", "--send"), 64, ("--all-mx",)
    yield (*to, "--all-mx"), 64, ("domain",)
    yield (*to, "--lang", "de"), 64, ("de",)
    yield (*to, "surplus"), 64, ("surplus",)


@check("every class of wrong option is one sentence that names it, ends with 64 or 66, and nobody is called")
def told(place):
    wrong = []
    with Listener() as listener:
        for arguments, status, words in refusals(place):
            # A session that begins all the same is not waited for.
            limit = ("--timeout", "greeting=0.2") if "--timeout" not in arguments else ()
            done = place.porthole("send", f"127.0.0.1:{listener.port}", *limit, *arguments)
            lines = [line for line in done.err.splitlines() if line.strip()]
            faults = [f"{word!r} is not named" for word in words if word not in done.err]
            if done.status != status:
                faults.append(f"the exit code is {done.status}, not {status}")
            if NOT_A_SENTENCE.search(done.err) or done.out:
                faults.append("that is no sentence, or something is on the standard output")
            if len(lines) != 1:
                faults.append(f"{len(lines)} lines")
            if callers := listener.callers():
                faults.append(f"{callers} connections were made")
            if faults:
                shown = " ".join(ascii(one)[:60] for one in arguments)
                wrong.append(f"send TARGET {shown}\n    {'; '.join(faults)}\n    {done.err.strip()[:300]}{done.out[:200]}")
    expect(not wrong, "every refusal is as it should be", "\n".join(wrong))


@check("a target that is none is refused in a sentence, before any name is looked up")
def targets(place):
    wrong = []
    for target in ("", " ", "127.0.0.1:99999", "127.0.0.1:x", "[::1", "[::1]:", "::1:25:", "smtps://", "http://mx.test",
                   "user@", "@", "mx example.test", "mx\r\nQUIT", "a" * 300, "mx..test", "user@exa mple.test"):  # fmt: skip
        done = place.porthole("send", target, "--resolver", "127.0.0.1:9")
        lines = [line for line in done.err.splitlines() if line.strip()]
        if done.status != 64 or len(lines) != 1 or NOT_A_SENTENCE.search(done.err) or done.out:
            wrong.append(f"{target[:60]!r}\n{done.evidence}")
    expect(not wrong, "every target that is none is refused", "\n".join(wrong))
