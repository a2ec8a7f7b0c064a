import DNS
import MailVocabulary
import TestSupport
import Testing

@Suite("Message codec")
struct MessageCodecTests {
    @Test("writes the query that the RFC draws")
    func query() throws {
        let question = DNSQuestion(try DNSName(reading: "a.bc"), .mx)
        let bytes = MessageEncoder.bytes(of: DNSMessage(asking: question, id: 0x1234))
        #expect(
            bytes == [
                0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1,  // RD, one question, one OPT
                1, 0x61, 2, 0x62, 0x63, 0, 0, 15, 0, 1,  // a.bc MX IN
                0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0,  // EDNS, 1232 bytes
            ])
    }

    @Test("reads back what it wrote, of every type")
    func roundTrip() throws {
        let message = try Sample.message()
        #expect(try MessageDecoder.message(MessageEncoder.bytes(of: message)) == message)
    }

    @Test("writes a name once and points at it afterwards")
    func compression() throws {
        let zone = try DNSName(reading: "a-rather-long-zone.example")
        var message = DNSMessage(answering: DNSMessage(asking: DNSQuestion(zone, .mx), id: 1, payloadSize: nil))
        for preference in UInt16(0)..<10 {
            let host = try #require(zone.under("mx\(preference)"))
            message.answers.append(ResourceRecord(zone, .mx, ttl: 1, .exchange(MailExchanger(preference, host))))
        }
        let bytes = MessageEncoder.bytes(of: message)
        #expect(bytes.count == 12 + 32 + 10 * (2 + 10 + 2 + 4 + 2))
        #expect(try MessageDecoder.message(bytes) == message)
    }

    @Test("cuts at a whole record and says so when there is no room")
    func cut() throws {
        let message = try Sample.message()
        let whole = MessageEncoder.bytes(of: message)
        for limit in stride(from: 80, to: whole.count, by: 3) {
            let bytes = MessageEncoder.bytes(of: message, limit: limit)
            #expect(bytes.count <= limit)
            let read = try MessageDecoder.message(bytes)
            #expect(read.isTruncated)
            #expect(read.answers == Array(message.answers.prefix(read.answers.count)))
        }
    }

    @Test("calls every truncation of a message malformed, and says where")
    func truncations() throws {
        let bytes = MessageEncoder.bytes(of: try Sample.message())
        for length in 0..<bytes.count {
            #expect(throws: MalformedMessage.self, "\(length) of \(bytes.count) bytes") {
                try MessageDecoder.message(Array(bytes.prefix(length)))
            }
        }
    }

    @Test("is not disturbed by bytes behind the last record")
    func trailing() throws {
        let message = try Sample.message()
        #expect(try MessageDecoder.message(MessageEncoder.bytes(of: message) + [1, 2, 3]) == message)
    }

    @Test("names the lie in each message that lies about itself", arguments: Lie.all)
    func lies(_ lie: Lie) {
        #expect(throws: lie.fault) { try MessageDecoder.message(lie.bytes) }
        #expect(!lie.fault.description.isEmpty)
    }

    @Test("stops after 128 pointers in one name", arguments: [127, 128])
    func pointerChain(_ count: Int) throws {
        // The data of a record of unknown type (65280, private use) begins with a root name at byte 23; behind it each pointer
        // points at the one before. The last one is the owner of the next record: it follows `count` pointers, and is one more.
        var bytes: [UInt8] = [0, 1, 0x81, 0x80, 0, 0, 0, 2, 0, 0, 0, 0]
        let length = 1 + 2 * count
        bytes += [0, 0xFF, 0, 0, 1, 0, 0, 0, 0, UInt8(length >> 8), UInt8(length & 255), 0]
        var previous = 23
        for _ in 0...count {
            let here = bytes.count
            bytes += [0xC0 | UInt8(previous >> 8), UInt8(previous & 255)]
            previous = here
        }
        bytes += [0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]
        if count < 128 {
            let message = try MessageDecoder.message(bytes)
            #expect(message.answers.last == ResourceRecord(.root, .a, ttl: 0, .address(.loopback)))
        } else {
            #expect(throws: MalformedMessage.pointerChain(at: 24 + 2 * count)) { try MessageDecoder.message(bytes) }
        }
    }

    @Test("takes no more labels than a message can honestly hold")
    func labelFlood() {
        // One name of 120 labels, then records without data whose owner points at it: 12 bytes each for 120 labels.
        var bytes: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0x10, 0, 0, 0, 0, 0]
        bytes += [UInt8](repeating: 0, count: 240).indices.map { $0 % 2 == 0 ? 1 : 0x61 } + [0, 0, 16, 0, 1]
        for _ in 0..<0x1000 { bytes += [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 1, 0, 0] }
        #expect(throws: MalformedMessage.labelFlood) { try MessageDecoder.message(bytes) }
    }

    @Test("never traps on random bytes, nor on a message with bytes changed")
    func randomBytes() throws {
        var numbers = SeededBytes(seed: 20260101)
        let sample = MessageEncoder.bytes(of: try Sample.message())
        var (parsed, isPrintable) = (0, true)
        for round in 0..<6_000 {
            var bytes: [UInt8]
            if round % 4 == 0 {
                bytes = (0..<Int.random(in: 0...300, using: &numbers)).map { _ in
                    UInt8.random(in: 0...255, using: &numbers)
                }
            } else {
                bytes = sample
                for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
                }
                if round % 3 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers)) }
            }
            guard let message = try? MessageDecoder.message(bytes) else { continue }
            parsed += 1
            _ = MessageEncoder.bytes(of: message)
            if let question = message.question { _ = AnswerReading(of: message, to: question) }
            for record in message.answers {
                isPrintable = isPrintable && record.data.description.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            }
        }
        #expect(parsed > 500)
        #expect(isPrintable)
    }
}

/// A message that lies about itself.
struct Lie: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var fault: MalformedMessage

    /// `example` MX, answered with what is given.
    init(_ title: String, _ answer: [UInt8], count: UInt8 = 1, _ fault: MalformedMessage) {
        let header: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0]
        bytes = header + [7] + Array("example".utf8) + [0, 0, 15, 0, 1] + answer
        (testDescription, self.fault) = (title, fault)
    }

    private static func mx(_ length: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, length, 0, 10] + data
    }

    static let all = [
        Lie("a pointer forward", mx(4, [0xC0, 0xFF]), .forwardPointer(at: 39)),
        Lie("a pointer at itself", mx(4, [0xC0, 39]), .forwardPointer(at: 39)),
        Lie("a pointer behind the end", mx(4, [0xFF, 0xFF]), .forwardPointer(at: 39)),
        Lie("a label of 64 bytes", mx(67, [64] + [UInt8](repeating: 0x61, count: 64)), .labelType(64, at: 39)),
        Lie("a name of 306 bytes", mx(255, Self.longName), .longName(at: 39)),
        Lie(
            "more records than there are", mx(4, [0xC0, 12]), count: 9,
            .fewerRecords(section: "answer", announced: 9, found: 1)),
        Lie("data that is longer than the message", mx(200, [0xC0, 12]), .recordLength(.mx, says: 200, at: 25)),
        Lie("data that is shorter than its name", mx(3, [0xC0, 12, 0]), .recordLength(.mx, says: 3, at: 25)),
        Lie("data that is longer than its name", mx(5, [0xC0, 12, 0]), .recordLength(.mx, says: 5, at: 25)),
        Lie(
            "an address of three bytes", [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 3, 127, 0, 0],
            .recordLength(.a, says: 3, at: 25)),
        Lie(
            "a string that is longer than its record", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 2, 9, 0x61],
            .recordLength(.txt, says: 2, at: 25)),
    ]

    private static let longName: [UInt8] = (0..<5).flatMap { _ in [60] + [UInt8](repeating: 0x61, count: 60) } + [0]
}

enum Sample {
    /// A response with each type that is understood, one that is not, and an authority section.
    static func message() throws -> DNSMessage {
        let zone = try DNSName(reading: "example.test")
        let host = try DNSName(reading: "mx1.example.test")
        let v6 = try #require(IPAddress("2001:db8::1"))
        var message = DNSMessage(answering: DNSMessage(asking: DNSQuestion(zone, .mx), id: 0xBEEF))
        message.isAuthoritative = true
        message.answers = [
            ResourceRecord(zone, .mx, ttl: 60, .exchange(MailExchanger(10, host))),
            ResourceRecord(host, .a, ttl: 60, .address(IPAddress(v4: 192, 0, 2, 1))),
            ResourceRecord(host, .aaaa, ttl: 60, .address(v6)),
            ResourceRecord(zone, .txt, ttl: 1, .text([Array("v=spf1 ".utf8), Array("-all".utf8), []])),
            ResourceRecord(try DNSName(reading: "www.example.test"), .cname, ttl: 2, .name(zone)),
            ResourceRecord(DNSName(reverse: v6), .ptr, ttl: .max, .name(host)),
            ResourceRecord(host, .tlsa, ttl: 0, .other([3, 1, 1, 0xAB])),
        ]
        message.authority = [
            ResourceRecord(zone, .ns, ttl: 60, .name(host)),
            ResourceRecord(zone, .soa, ttl: 60, .startOfAuthority(primary: host, serial: 7, minimum: 300)),
        ]
        message.additional = [ResourceRecord(host, .a, ttl: 60, .address(.loopback))]
        return message
    }
}
