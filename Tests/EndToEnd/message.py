"""The message of `send`: its header, its parts, raw files, and the smuggling probes."""

import email
import email.policy
import os

from harness import check, expect
from mailbox import Mailbox
from mistakes import expect_sentence
from postfix import Postfix

MAIL = ("--from", "a@example.net", "--to", "b@example.test", "--tls", "never")


def parsed(message):
    return email.message_from_bytes(message, policy=email.policy.default)


def send(place, server, *arguments, text="", **options):
    return place.porthole("send", f"127.0.0.1:{server.port}", *MAIL, *arguments, text=text, **options)


@check("header fields, text, HTML, pictures and attachments arrive as they were given")
def parts(place):
    picture = os.urandom(70_000)
    html = place.write("page.html", "<p>Grüße <img src=\"cid:p@x\">\n")
    image, report = place.write("p.png", picture), place.write("Übersicht.pdf", picture[::-1])
    text = place.write("text.txt", "Grüße\n.\n..\n" + "x" * 2000 + "\n")
    with Mailbox() as server:
        done = send(
            place, server, "--send", "--subject", "テスト %number%", "--body", f"@{text}", "--html", f"@{html}",
            "--inline", f"{image};id=p@x", "--attach", f"{report};type=application/x-test", "--attach",
            f"{image};name=other name.png", "--header", "From: Jörg Müller <a@example.net>", "--header",
            "message-id: <mine@example.net>", "--add-header", "X-To: %to%", "--remove-header", "x-porthole",
            "--date", "Thu, 1 Jan 1970 00:00:00 +0000", "--template", "--json",
        )  # fmt: skip
        expect(done.status == 0, "it is taken", done.evidence)
        expect(done.json()["messageID"] == "mine@example.net", "its own Message-ID is how it is found", done.evidence)
        wire = server.messages[-1]
        expect(max(len(line) for line in wire.split(b"\r\n")) <= 998, "no line is too long")
        message = parsed(server.last)
        expect(message["subject"].startswith("テスト 1 "), "the subject is decoded", str(message["subject"]))
        expect(message["from"].addresses[0].display_name == "Jörg Müller", "so is the name", str(message["from"]))
        expect(message["date"] == "Thu, 01 Jan 1970 00:00:00 +0000", "the date is the given one", str(message["date"]))
        expect(message["x-to"] == "b@example.test" and message["x-porthole"] is None, "one more, one less")
        body = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
        expect(body == "Grüße\n.\n..\n" + "x" * 2000 + "\n", "the text is whole", body)
        expect("Grüße" in message.get_body(("html",)).get_content(), "so is the HTML")
        related = [part for part in message.walk() if part["content-id"]]
        expect(related and related[0].get_content() == picture, "the picture is inside", str(message))
        names = [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()]
        expect(
            names == [("Übersicht.pdf", "application/x-test"), ("other name.png", "image/png")], "the files", str(names)
        )
        expect(list(message.iter_attachments())[0].get_content() == picture[::-1], "every byte of them")


@check("text that is not ASCII goes as 8bit where the server has 8BITMIME, and is encoded where it has not")
def eight_bits(place):
    for keywords, encoding in ((("8BITMIME",), "8bit"), ((), "quoted-printable")):
        with Mailbox(keywords=keywords) as server:
            done = send(place, server, "--send", "--body", "-", text="Grüße aus Köln, und noch mehr Text\n")
            expect(done.status == 0, "it is taken", done.evidence)
            message = parsed(server.last)
            expect(message["content-transfer-encoding"] == encoding, f"as {encoding}", str(message))
            expect("Köln" in message.get_content(), "and is whole", str(message))
            said = b"BODY=8BITMIME" in b"".join(server.commands)
            expect(said == bool(keywords), "MAIL says so", str(server.commands))


@check("--raw sends a file byte for byte, and one that may end early only with a confirmation of its own")
def raw(place):
    plain = b"Message-ID: <raw@x>\r\nSubject: raw\r\n\r\n.one\r\n\x00\x80 no line end"
    with Mailbox() as server:
        done = send(place, server, "--send", "--raw", place.write("a.eml", plain), "--json")
        expect(done.status == 0 and server.last == plain + b"\r\n", "every byte", str(server.messages))
        expect(done.json()["messageID"] == "raw@x", "found by its own id", done.evidence)
        unix = place.write("b.eml", b"Subject: x\n\nline\n.\nMAIL FROM:<evil@x>\n")
        before = len(server.commands)
        expect_sentence(send(place, server, "--send", "--raw", unix), 64, "--raw-crlf", "--yes-smuggle 127.0.0.1")
        expect_sentence(
            send(place, server, "--send", "--raw", unix, "--yes-smuggle", "127.0.0.2"), 64, "127.0.0.2", "127.0.0.1"
        )
        expect(len(server.commands) == before, "nobody was spoken to", str(server.commands))
        done = send(place, server, "--send", "--raw", unix, "--raw-crlf")
        expect(done.status == 0 and server.last.endswith(b"\r\n.\r\nMAIL FROM:<evil@x>\r\n"), "with CRLF", done.evidence)
        done = send(place, server, "--send", "--raw", unix, "--yes-smuggle", "127.0.0.1")
        expect(b"line\n.\nMAIL" in server.messages[-1], "confirmed, it goes as it is", done.evidence)
        bare = place.write("c.eml", b"Subject: x\r\n\r\n.\r\nRSET\r\n")
        expect_sentence(send(place, server, "--send", "--raw", bare, "--no-dot-stuffing"), 64, "--yes-smuggle")
        done = send(place, server, "--send", "--raw", bare, "--no-dot-stuffing", "--yes-smuggle", "127.0.0.1")
        expect(b"RSET" in server.commands, "without stuffing the dot ends it", str(server.commands))


@check("--print-message shows what would be sent, and connects to nobody")
def printed(place):
    with Mailbox() as server:
        attachment = place.write("a.bin", bytes(range(256)))
        done = send(place, server, "--print-message", "--body", "Grüße", "--attach", attachment)
        message = parsed(done.out.encode())
        expect(done.status == 0 and message["subject"].startswith("Porthole test "), "the header", done.evidence)
        expect(list(message.iter_attachments())[0].get_content() == bytes(range(256)), "the file", done.evidence)
        said = send(place, server, "--print-message", "--json").json()
        expect(said["needs"] == "7bit" and said["octets"] == len(said["text"]), "the JSON", str(said))
        expect(server.commands == [], "nobody was spoken to", str(server.commands))


@check("the probes tell a server that ends messages too early from one that does not")
def probes(place):
    lenient = rb"(\r\n|\n|\r)\x00?\.\x00?(\r\n|\n|\r)"
    yes = ("--yes-smuggle", "127.0.0.1", "--send", "--json")
    names = (
        "lf-dot-lf lf-dot-crlf crlf-dot-lf cr-dot-cr cr-dot-crlf crlf-dot-cr lf-dot-cr crlf-nul-dot-crlf "
        "crlf-dot-nul-crlf"
    ).split()
    with Mailbox(end=lenient) as open_one, Mailbox() as closed, Mailbox(strict=True) as strict:
        for name in names:
            done = send(place, open_one, "--smuggle", name, *yes)
            verdict = done.json()["smuggling"]
            expect(done.status == 76 and verdict["outcome"] == "two-messages", f"{name} fools it", done.evidence)
            expect(b"2 of 2" in open_one.messages[-1] and b"smuggled." in open_one.messages[-1], "two came", name)
            done = send(place, closed, "--smuggle", name, *yes)
            verdict = done.json()["smuggling"]
            expect(done.status == 0 and verdict["outcome"] == "one-message", f"{name} does not", done.evidence)
            expect(verdict["messagesTaken"] == 1 and len(verdict["replies"]) == 1, "one reply", done.evidence)
        expect(len(open_one.messages) == 2 * len(names) and len(closed.messages) == len(names), "and no more")
        verdict = send(place, closed, "--smuggle", "control", *yes).json()["smuggling"]
        expect(verdict["outcome"] == "two-messages" and not verdict["isFooled"], "the control", str(verdict))
        done = send(place, strict, "--smuggle", "bare-lf", *yes)
        expect(done.status == 77 and done.json()["smuggling"]["outcome"] == "refused", "refused", done.evidence)
        done = send(place, closed, "--smuggle", "bare-cr", "--yes-smuggle", "127.0.0.1", "--send")
        expect("probe bare-cr <CR>: one-message" in done.out and b"before\rafter" in closed.last, "in words", done.evidence)


@check("a real Postfix is fooled by no probe, and the control is told apart")
def postfix_holds(place):
    postfix = place.enter(Postfix(place))
    mail = ("--from", "sender@example.test", "--to", "user@example.test", "--tls", "never", "--send", "--json")
    for name in ("control", "crlf-dot-cr", "cr-dot-cr", "crlf-dot-nul-crlf"):
        done = place.porthole(
            "send", f"127.0.0.1:{postfix.port}", *mail, "--smuggle", name, "--yes-smuggle", "127.0.0.1"
        )
        verdict = done.json()["smuggling"]
        expect(not verdict["isFooled"], f"{name} does not fool it", done.evidence)
        expect(verdict["outcome"] == ("two-messages" if name == "control" else "one-message"), name, done.evidence)


@check("wrong options of the message: one sentence, and no connection is made")
def wrong(place):
    latin = place.write("latin.txt", b"Gr\xfc\xdfe\n")
    with Mailbox() as server:
        for arguments, status, word in (
            (("--header", "no colon"), 64, "Name: value"),
            (("--header", "A: b\r\nC: d"), 64, "carriage return"),
            (("--add-header", "A: b\nC: d"), 64, "line feed"),
            (("--date", "x\ny"), 64, "line feed"),
            (("--subject", "x\ny"), 64, "line feed"),
            (("--remove-header", "A b"), 64, "A b"),
            (("--header", "X: " + "a" * 1000), 64, "998"),
            (("--body", "@/nonexistent"), 66, "/nonexistent"),
            (("--body", f"@{latin}"), 64, "--charset"),
            (("--charset", "latin1"), 64, "--body @FILE"),
            (("--charset", "a b", "--body", f"@{latin}"), 64, "a b"),
            (("--html", "x"), 64, "@FILE"),
            (("--html", f"@{place.folder}"), 66, "directory"),
            (("--attach", "/nonexistent"), 66, "/nonexistent"),
            (("--attach", f"{latin};type=nonsense"), 64, "nonsense"),
            (("--inline", latin), 64, ";id="),
            (("--inline", f"{latin};id=a"), 64, "--html"),
            (("--encoding", "binary"), 64, "binary"),
            (("--encoding", "7bit", "--body", "ü"), 64, "7bit"),
            (("--raw", "/nonexistent"), 66, "/nonexistent"),
            (("--raw", "/dev/zero"), 66, "too big"),
            (("--raw", latin, "--header", "A: b"), 64, "unchanged"),
            (("--raw-crlf",), 64, "--raw"),
            (("--smuggle", "nonsense"), 64, "lf-dot-lf"),
            (("--smuggle", "lf-dot-lf", "--yes-smuggle", "mx.example.test"), 64, "mx.example.test"),
            (("--smuggle", "lf-dot-lf"), 64, "--yes-smuggle"),
            (("--smuggle", "lf-dot-lf", "--to", "c@d.test"), 64, "exactly one"),
        ):
            expect_sentence(send(place, server, "--send", *arguments), status, word)
        expect_sentence(send(place, server, "--smuggle", "lf-dot-lf"), 64, "--send")
        expect_sentence(
            place.porthole("send", "b@example.test", "--smuggle", "lf-dot-lf", "--send", "--yes-smuggle", "x"), 64, "host"
        )
        expect(server.commands == [], "nobody was spoken to", str(server.commands))
