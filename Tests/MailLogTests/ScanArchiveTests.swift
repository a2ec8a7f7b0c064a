import MailLog
import Testing

@Suite("Kept index of a log")
struct ScanArchiveTests {
    private static func gateway(_ count: Int) -> String {
        (0..<count).map { number in
            let (icid, mid) = (6000 + number * 3, 900_000 + number * 7)
            let address = number % 5 == 0 ? "2001:db8::\(number % 9)" : "198.51.100.\(number % 50)"
            let stamp = "Mon Feb  2 10:00:00 2026 Info: "
            return [
                "New SMTP ICID \(icid) interface Data 1 (192.0.2.25) address \(address) reverse dns host a.test verified yes",
                "Start MID \(mid) ICID \(icid)", "MID \(mid) ICID \(icid) From: <ann@sender.test>",
                "MID \(mid) queued for delivery", "Delivery start DCID \(number + 2) MID \(mid) to RID [0]",
                "Message done DCID \(number + 2) MID \(mid) to RID [0]", "Message finished MID \(mid) done",
                "ICID \(icid) close",
            ].map { stamp + $0 + "\n" }.joined()
        }.joined()
    }

    private static func postfix(_ count: Int) -> String {
        (0..<count).map { number in
            let client = "a.sender.test[198.51.100.\(number % 50)]"
            let id = "4C2\(1000 + number)A"
            return [
                "smtpd[\(7 + number % 3)]: connect from \(client)", "smtpd[\(7 + number % 3)]: \(id): client=\(client)",
                "qmgr[5]: \(id): from=<ann@sender.test>, size=400, nrcpt=1 (queue active)",
                "smtpd[\(7 + number % 3)]: disconnect from \(client)",
                "smtp[11]: \(id): to=<bob@corp.test>, relay=mx[203.0.113.8]:25, delay=1, dsn=2.0.0, status=sent (250 Ok)",
                "qmgr[5]: \(id): removed",
            ].map { "Feb  2 10:00:00 mx postfix/" + $0 + "\n" }.joined()
        }.joined()
    }

    @Test(
        "gives the same traces as a scan for the question, however the log was cut",
        arguments: ["198.51.100.7", "198.51.100.0/30", "2001:db8::5", "MID 900070", "ICID 6003", "192.0.2.1"], [1, 3])
    func sameTraces(needle: String, stretches: Int) throws {
        let text = Self.gateway(120)
        let plain = try #require(Scanned(text, needle, stretches: stretches))
        let kept = try #require(Scanned(text, needle, stretches: stretches, isKept: true))
        #expect(plain.index.traces(matching: needle) == kept.index.traces(matching: needle))
        #expect(plain.readLines == kept.readLines)
    }

    @Test(
        "gives the same traces of a Postfix log, also of sessions that go on in the next stretch", arguments: [1, 2, 5])
    func postfix(stretches: Int) throws {
        let text = Self.postfix(150)
        for needle in ["198.51.100.7", "198.51.100.0/30"] {
            let plain = try #require(Scanned(text, needle, of: .postfix, stretches: stretches))
            let kept = try #require(Scanned(text, needle, of: .postfix, stretches: stretches, isKept: true))
            #expect(!plain.index.traces(matching: needle).isEmpty)
            #expect(plain.index.traces(matching: needle) == kept.index.traces(matching: needle))
        }
    }

    @Test("takes four MiB for a million lines at most")
    func size() {
        for (text, writer) in [(Self.gateway(3000), IdentifierScan.Writer.gateway), (Self.postfix(3000), .postfix)] {
            let bytes = Scanned.archive(of: text, writer)
            #expect(bytes.count * 1_000_000 <= text.utf8.count { $0 == 0x0A } * 4 << 20)
        }
    }

    @Test("of which anything is missing or changed is no index, or another one, and never a crash")
    func damaged() {
        let bytes = Scanned.archive(of: Self.gateway(40), .gateway)
        #expect(ScanArchive.stretches(from: bytes) != nil)
        for length in 0..<bytes.count where length % 3 == 0 {
            #expect(ScanArchive.stretches(from: Array(bytes.prefix(length))) == nil)
        }
        for place in bytes.indices {
            var wrong = bytes
            wrong[place] ^= UInt8(truncatingIfNeeded: place &* 37 | 1)
            _ = ScanArchive.stretches(from: wrong)
        }
    }
}
