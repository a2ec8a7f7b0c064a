"""The DNS checks on the command line, against the lab's name server."""

import json
import signal

from harness import check, expect
from logs import Reader


@check("porthole check says what SPF makes of a sender, compares the authoritative servers, and asks no list unasked")
def names(place):
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        resolver = json.loads(reader.out)["resolver"]
        port = resolver.rsplit(":", 1)[-1]

        def checked(*arguments):
            return place.porthole("check", *arguments, "--resolver", resolver)

        refused = checked("example.test", "--source", "192.0.2.3", "--sender", "a@example.test", "--json")
        said = refused.json()
        expect(refused.status == 77 and said["sender"]["result"] == "fail", "SPF refuses a stranger", refused.evidence)
        expect(said["sender"]["path"][-1]["term"] == "-all", "by the term that decided", refused.evidence)
        expect(said["spf"]["lookups"] == 1, "the record's cost is counted", refused.evidence)
        codes = [finding["code"] for finding in said["findings"]]
        expect(not any(code.startswith("dns.list") for code in codes), "no list was asked", refused.evidence)

        served = checked("example.test", "--authoritative", "--port", port, "--json")
        codes = [finding["code"] for finding in served.json()["findings"]]
        expect("dns.zone.single-server" in codes, "the zone's only server is named", served.evidence)
        expect(served.json()["authority"]["zone"] == "example.test", "the zone is found", served.evidence)

        listed = checked("192.0.2.3", "--dnsbl", "list.test")
        expect("list.test is dead" in listed.out, "a list without its test entry is dead", listed.evidence)

        text = checked("two-spf.test")
        expect(text.out.startswith("failures 1, delays 0, "), "the first line counts", text.evidence)
        expect(text.out.split("\n")[2].startswith("Who may send"), "the worst topic comes first", text.evidence)
        expect(text.status == 77, "a permanent error of SPF is a refusal", text.evidence)

        for wrong in (
            ("example.test", "--sender", "a@b.test"),
            ("example.test", "--source", "here"),
            ("192.0.2.1", "--source", "192.0.2.1"),
            ("example.test", "--dnsbl", "list.test"),
            ("192.0.2.1", "--authoritative"),
        ):
            answer = checked(*wrong)
            expect(answer.status == 64 and answer.err, f"{' '.join(wrong)!a} is a usage error", answer.evidence)
        reader.end(signal.SIGTERM)
