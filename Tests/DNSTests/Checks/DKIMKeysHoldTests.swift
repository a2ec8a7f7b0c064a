import DNS
import MailVocabulary
import TestSupport
import Testing

@Suite("Checks of DKIM and BIMI")
struct DKIMKeysHoldTests {
    /// A SubjectPublicKeyInfo with a modulus of so many bytes, the first of them 0x80 or more.
    private static func key(bytes count: Int) -> String {
        func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            let length: [UInt8] =
                content.count < 128
                ? [UInt8(content.count)] : [0x82, UInt8(content.count >> 8), UInt8(content.count & 255)]
            return [tag] + length + content
        }
        let key = element(0x30, element(0x02, [0] + [UInt8](repeating: 0xC3, count: count)) + element(0x02, [1, 0, 1]))
        let algorithm = element(0x30, [0x06, 0x01, 0x2A, 0x05, 0x00])
        return base64(element(0x30, algorithm + element(0x03, [0] + key)))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let value = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[$1]) : 0) }
            for place in 0...group.count { text.append(alphabet[value >> (18 - 6 * place) & 63]) }
            text += String(repeating: "=", count: 3 - group.count)
        }
        return text
    }

    private func subject(_ origin: DKIMSelector.Origin) throws -> DNSSubject {
        .signer(
            try DNSName(reading: "example.test"), selectors: [DKIMSelector(try DNSName(reading: "s1"), origin)])
    }

    @Test("judges a key that is known to be in use")
    func known() throws {
        let ed25519 = Self.base64([UInt8](repeating: 7, count: 32))
        let cases: [(String, [String])] = [
            ("v=DKIM1; k=rsa; p=\(Self.key(bytes: 256))", ["key"]), ("p=\(Self.key(bytes: 256))", ["key"]),
            ("v=DKIM1; p=\(Self.key(bytes: 128))", ["short-key"]), ("v=DKIM1; p=\(Self.key(bytes: 64))", ["short-key"]),
            ("v=DKIM1; k=ed25519; p=\(ed25519)", ["key"]), ("v=DKIM1; k=ed25519; p=AAAA", ["syntax"]),
            ("v=DKIM1; p=", ["revoked"]), ("v=DKIM1; t=y; k=ed25519; p=\(ed25519)", ["key", "testing"]),
            ("v=DKIM1; h=sha1; k=ed25519; p=\(ed25519)", ["key", "sha1-only"]), ("v=DKIM2; p=AAAA", ["syntax"]),
            ("v=DKIM1; k=dsa; p=AAAA", ["unknown-key-type"]), ("v=DKIM1; k=rsa", ["syntax"]),
            ("v=DKIM1; p=!!!", ["syntax"]), ("v=DKIM1; p=\(Self.key(bytes: 256).prefix(200))", ["syntax"]),
        ]
        for (text, codes) in cases {
            let answering = try Answering(text).with("s1._domainkey.example.test TXT \(text)")
            let found = try answering.codes("dkim-keys-hold", try subject(.known))
            #expect(found == codes.map { "dns.dkim.\($0)" }, "\(text)")
        }
        #expect(try Answering("none").codes("dkim-keys-hold", try subject(.known)) == ["dns.dkim.absent"])
        let silent = try Answering("silent").with("s1._domainkey.example.test TXT silent")
        #expect(try silent.codes("dkim-keys-hold", try subject(.known)) == ["dns.lookup.silent"])
    }

    @Test("says where a key in use stands that a zone file without a dot has put elsewhere")
    func misplaced() throws {
        let answering = try Answering("undotted").with(
            "s1._domainkey.example.test.example.test TXT v=DKIM1; p=\(Self.key(bytes: 256))")
        let messages = try answering.messages("dkim-keys-hold", try subject(.known))
        #expect(messages.count == 1)
        #expect(
            messages[0].hasSuffix(
                "; a DKIM record stands at s1._domainkey.example.test.example.test: in its zone file the name lacks "
                    + "the dot at its end"))
    }

    @Test("makes nothing of the absence of a key that was only guessed")
    func guessed() throws {
        #expect(try Answering("none").codes("dkim-keys-hold", try subject(.guessed)) == ["dns.dkim.none"])
        let some = try Answering("some").with("_domainkey.example.test TXT nodata")
        #expect(try some.codes("dkim-keys-hold", try subject(.guessed)) == ["dns.dkim.not-guessed"])
        let broken = try Answering("broken").with("_domainkey.example.test TXT nodata")
            .with("s1._domainkey.example.test TXT servfail")
        #expect(try broken.codes("dkim-keys-hold", try subject(.guessed)) == ["dns.lookup.servfail"])
        let wild = try Answering("wild").with("s1._domainkey.example.test TXT v=spf1 -all")
        #expect(try wild.codes("dkim-keys-hold", try subject(.guessed)) == [])
    }

    @Test("has a common list of good names, each once")
    func common() {
        #expect(DKIMSelector.common.count > 30)
        #expect(Set(DKIMSelector.common.map(\.name)).count == DKIMSelector.common.count)
    }

    @Test("reads a BIMI record, and says what it lacks to be shown")
    func bimi() throws {
        let cases: [(String, String, [String])] = [
            ("v=BIMI1; l=https://a.test/l.svg; a=https://a.test/v.pem", "reject", ["published"]),
            ("v=BIMI1; l=https://a.test/l.svg", "quarantine", ["published"]),
            ("v=BIMI1; l=https://a.test/l.svg", "none", ["without-dmarc"]),
            ("v=BIMI1; l=; a=;", "reject", ["declined"]),
            ("v=BIMI1; l=http://a.test/l.svg", "reject", ["syntax"]), ("v=BIMI1;", "reject", ["syntax"]),
            ("something else", "reject", []),
        ]
        for (text, policy, codes) in cases {
            let answering = try Answering(text).with(
                "default._bimi.example.test TXT \(text)", "_dmarc.example.test TXT v=DMARC1; p=\(policy)",
                "example.test TXT nodata")
            #expect(try answering.codes("bimi-is-published", .example) == codes.map { "dns.bimi.\($0)" }, "\(text)")
        }
    }

    @Test("survives random bytes")
    func random() {
        var generator = SeededBytes(seed: 6376)
        for count in 0..<300 {
            _ = try? DKIMKey(generator.bytes(count))
            _ = try? DKIMKey(Array("p=\(Self.base64(generator.bytes(count)))".utf8))
        }
    }
}
