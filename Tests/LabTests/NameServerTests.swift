import DNS
import MailVocabulary
import Testing

@testable import Lab

@Suite("The lab's zones")
struct NameServerTests {
    private func ask(_ name: String, _ type: RecordType, _ zones: LabZones = .story()) throws -> DNSMessage {
        zones.response(to: DNSMessage(asking: DNSQuestion(try DNSName(reading: name), type), id: 1))
    }

    @Test("tell a name that does not exist from one without the record")
    func absences() throws {
        #expect(try ask("gone.test", .mx).rcode == 3)
        #expect(try ask("mx1.example.test", .aaaa).rcode == 0)
        #expect(try ask("mx1.example.test", .aaaa).answers.isEmpty)
        // An empty non-terminal, RFC 8020.
        #expect(try ask("0.0.127.in-addr.arpa", .ptr).rcode == 0)
        #expect(try ask("gone.test", .mx).authority.map(\.type) == [.soa])
    }

    @Test("follow an alias into another zone")
    func alias() throws {
        #expect(try ask("mail.alias.test", .a).answers.map(\.type) == [.cname, .a])
    }

    @Test("have a silent reverse zone for each address that is to have one")
    func silentReverse() {
        let addresses = [IPAddress(v4: 127, 0, 0, 7), IPAddress(v4: 192, 0, 2, 9)]
        let zones = LabZones.story(silent: addresses)
        for address in addresses { #expect(zones.zone(of: DNSName(reverse: address))?.conduct == .silent) }
        #expect(zones.zone(of: DNSName(reverse: IPAddress(v4: 127, 0, 0, 9)))?.conduct == .answer)
        #expect(zones.zone(of: DNSName(reverse: .loopback))?.conduct == .answer)
    }

    @Test("name the line that cannot be read")
    func faultyText() {
        for line in [
            "example.test MX ten mx1.test", "example.test A 192.0.2", "example.test TXT unquoted",
            "example.test WKS \"x\"",
            "zone example.test lazy", "a..b A 192.0.2.1", "example.test TXT \"open",
        ] {
            #expect(throws: ZoneText.Fault(line: 2, text: line)) { try ZoneText.zones("zone example.test\n" + line) }
        }
    }

    @Test("read strings with escapes")
    func strings() throws {
        let zones = try ZoneText.zones(
            #"""
            zone example.test late 20
            example.test TXT "a\"b\\ \027[2J" "second"
            """#)
        #expect(zones[0].conduct == .answerLate(.milliseconds(20)))
        #expect(zones[0].records[0].data == .text([Array("a\"b\\ \u{1B}[2J".utf8), Array("second".utf8)]))
    }

    @Test("are served with their faults, and cut to what the asker can take")
    func desk() throws {
        let desk = LabQuestionDesk(.story())
        let ask = { (name: String, type: RecordType, size: UInt16?) in
            let question = DNSQuestion(try DNSName(reading: name), type)
            return desk.reply(
                to: MessageEncoder.bytes(of: DNSMessage(asking: question, id: 7, payloadSize: size)), limit: nil)
        }
        #expect(try ask("silent.test", .mx, nil) == nil)
        #expect(try ask("slow.test", .mx, nil)?.delay == .seconds(2))
        for (name, rcode) in [("refused.test", 5), ("broken.test", 2)] {
            #expect(try MessageDecoder.message(try #require(try ask(name, .mx, nil)).bytes).rcode == rcode)
        }
        let bytes = try #require(try ask("malformed.test", .mx, 1232)).bytes
        #expect(throws: MalformedMessage.self) { try MessageDecoder.message(bytes) }
        let plain = try #require(try ask("large.test", .txt, nil)).bytes
        let extended = try #require(try ask("large.test", .txt, 4096)).bytes
        #expect(plain.count <= 512 && extended.count > 512 && extended.count <= 1232)
        #expect(try MessageDecoder.message(plain).isTruncated)
        #expect(desk.reply(to: [1, 2, 3], limit: nil) == nil)
        #expect(desk.questions.count == 7)
    }
}
