"""porthole check beyond the resolver: certificates, keys, other resolvers, logs."""

import json
import signal

from harness import check, expect, until
from logs import Reader
from terminal import Terminal, prose

LOG = """\
Nov 21 19:40:07 gw postfix/smtpd[7]: connect from out.example.test[192.0.2.3]
Nov 21 19:40:08 gw postfix/smtpd[7]: 4F3A12B6C7: client=out.example.test[192.0.2.3]
Nov 21 19:40:08 gw postfix/cleanup[8]: 4F3A12B6C7: message-id=<1@example.test>
Nov 21 19:40:08 gw postfix/qmgr[2]: 4F3A12B6C7: from=<a@example.test>, size=321, nrcpt=1 (queue active)
Nov 21 19:40:09 gw postfix/smtp[9]: 4F3A12B6C7: to=<b@example.net>, relay=mx.example.net[192.0.2.9]:25, delay=1, \
dsn=2.0.0, status=sent (250 ok)
Nov 21 19:40:09 gw postfix/qmgr[2]: 4F3A12B6C7: removed
Nov 21 19:40:09 gw postfix/smtpd[7]: disconnect from out.example.test[192.0.2.3]
"""


@check("porthole check holds certificates, keys, another resolver and a log against the DNS")
def joined(place):
    log = place.write("mail.log", LOG)
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        lab = json.loads(reader.out)
        resolver, roots, smtp = lab["resolver"], lab["caFile"], lab["smtp"].rsplit(":", 1)[-1]

        def checked(*arguments):
            return place.porthole("check", *arguments, "--resolver", resolver)

        def codes(outcome):
            return [finding["code"] for finding in outcome.json()["findings"]]

        seen = checked("example.test", "--dane", "--smtp-port", smtp, "--ca-file", roots, "--json")
        said = seen.json()["exchangers"]
        expect([one["host"] for one in said] == ["mx1.example.test", "mx2.example.test"], "both are seen", seen.evidence)
        expect(said[0]["objections"] == [] and len(said[0]["chain"][0]["keySHA256"]) == 64, "with TLS", seen.evidence)
        expect("dns.dnssec.not-validated" in codes(seen), "nothing is bogus behind a plain resolver", seen.evidence)
        expect("dns.dnssec.bogus" not in codes(seen), "nothing is bogus behind a plain resolver", seen.evidence)

        keys = checked("example.test", "--selector", "s1", "--dkim", "--json")
        expect(keys.status == 77 and "dns.dkim.absent" in codes(keys), "a key in use is missing", keys.evidence)
        guessed = checked("example.test", "--dkim", "--json")
        expect("dns.dkim.none" in codes(guessed) and guessed.status == 0, "none was guessed", guessed.evidence)

        same = checked("example.test", "--compare", resolver, "--json")
        expect("dns.resolver.agrees" in codes(same), "a resolver agrees with itself", same.evidence)
        nobody = checked("example.test", "--compare", "127.0.0.1:1", "--json")
        expect("dns.resolver.does-not-answer" in codes(nobody), "a closed port is named once", nobody.evidence)
        expect("dns.resolver.differs" not in codes(nobody), "and differs in nothing", nobody.evidence)

        senders = checked("example.test", "--log", log, "--json")
        rows = {row["network"]: row for row in senders.json()["sendingAddresses"]}
        expect(rows["192.0.2.3"]["standing"] == "seen but not in SPF", "the log's client is no sender", senders.evidence)
        expect(rows["192.0.2.3"]["messages"] == 1 and rows["192.0.2.3"]["lines"], "with its lines", senders.evidence)
        idle = [row for row in rows.values() if row["standing"] == "allowed but never seen"]
        expect(len(idle) == 2 and "log.sender.not-in-spf" in codes(senders), "and two never sent", senders.evidence)
        text = checked("example.test", "--log", log)
        expect("client=out.example.test[192.0.2.3]" in text.out, "the lines are shown", text.evidence)

        aligned = checked("example.test", "--source", "192.0.2.3", "--sender", "a@null.test", "--json")
        expect("dns.dmarc.not-aligned" in codes(aligned), "SPF of another domain is not aligned", aligned.evidence)

        typed = checked("b\u00fccher.test", "--json")
        expect("dns.domain.absent" in codes(typed), "an internationalized name is asked for", typed.evidence)
        # In the order in which they came: what is asked of the resolver itself may be first.
        names = [answer["name"] for answer in typed.json()["answers"]]
        expect("xn--bcher-kva.test" in names, "as A-label", typed.evidence)

        for wrong in (
            ("192.0.2.1", "--dane"),
            ("192.0.2.1", "--dkim"),
            ("192.0.2.1", "--log", log),
            ("example.test", "--selector", "a..b"),
            ("example.test", "--smtp-port", "0"),
            ("example.test", "--dane", "--helo", "a b"),
            ("example.test", "--ca-file", log),
            ("a\u2028b.test",),
        ):
            answer = checked(*wrong)
            expect(answer.status == 64 and answer.err, f"{' '.join(wrong)!a} is a usage error", answer.evidence)
        for wrong in (("--trust-anchor", log), ("--trust-anchor", "/nonexistent"), ("--log", "/nonexistent")):
            answer = checked("example.test", *wrong)
            expect(answer.status == 66 and answer.err, f"{' '.join(wrong)!a} cannot be read", answer.evidence)
        reader.end(signal.SIGTERM)


@check("porthole check takes an address with its sender, --ip and --from, and says how the DNS spells a name")
def both(place):
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        resolver = json.loads(reader.out)["resolver"]

        def checked(*arguments):
            return place.porthole("check", *arguments, "--resolver", resolver)

        one = checked("example.test", "--ip", "192.0.2.3", "--from", "a@example.test", "--json").json()
        two = checked("192.0.2.3", "--from", "a@example.test", "--json").json()
        for said in (one, two):
            expect(said["sender"]["result"] == "fail", "SPF refuses the address", str(said["sender"]))
            expect(any(answer["type"] == "PTR" for answer in said["answers"]), "its name is asked for", str(said))
        evidence = one["answers"][0]
        expect("ra" in evidence["flags"] and evidence["size"] > 12, "an answer shows flags and size", str(evidence))
        typed = checked("b\u00fccher.test")
        expect("b\u00fccher.test is xn--bcher-kva.test in the DNS" in typed.out, "its A-labels are told", typed.evidence)
        odd = checked("192.0.2.3", "--from", "xn--bcher@example.test")
        expect("only domains are spelt with xn--" in prose(odd.out), "nor is a local part decoded", odd.evidence)
        served = checked("example.test", "--authoritative", "--port", resolver.rsplit(":", 1)[-1])
        expect("calls itself lab" in served.out, "a server says who it is (NSID)", served.evidence)
        reader.end(signal.SIGTERM)


@check("the DNS pane ranks who sends a domain's mail, with the log's lines, compares resolvers and is copied as text")
def pane(place):
    log = place.write("mail.log", LOG)
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        resolver = json.loads(reader.out)["resolver"]
        with Terminal(place) as terminal:
            terminal.start("--log", log, "--resolver", resolver)
            terminal.wait_for("Porthole")
            for line in ("dns example.test", "dns senders"):
                terminal.press("Escape", ":")
                terminal.line(line)
                terminal.wait_for("MX/DNS")
                terminal.settled()
            text = terminal.read_pane("3")
            for sentence in (
                "sending addresses",
                "192.0.2.3          seen but not in SPF",
                "allowed but never seen",
                "client=out.example.",
            ):
                expect(sentence in text, f"the pane says: {sentence}", text)
            expect("SPF does not let it: fail" in prose(text), "and it is a finding", text)
            terminal.press(":")
            terminal.line(f"dns compare {resolver}")
            terminal.settled()
            expect(f"{resolver} says the same" in terminal.read_pane("3"), "both agree", terminal.screen)
            terminal.press(":")
            terminal.line("dns copy names.txt")
            copied = place.folder / "names.txt"
            until(
                lambda: copied.exists() and "seen but not in SPF" in copied.read_text(),
                10, "the copy holds the pane", lambda: terminal.screen,
            )  # fmt: skip
        reader.end(signal.SIGTERM)
