import MailVocabulary

/// Reads one whole message, RFC 1035 §4. Never traps: bytes that lie become a `MalformedMessage`.
public struct MessageDecoder {
    /// Compression pointers in one name. Each must point backwards, so that none can run in a circle.
    static let jumpLimit = 128
    /// Labels of all names of a message together: compression lets 64 KiB unfold to 700,000 of them.
    static let labelBudget = 32768

    private let bytes: [UInt8]
    private var position = 0
    private var labelsLeft = Self.labelBudget

    /// - Throws: `MalformedMessage`, which says what is wrong and where. Bytes behind the last record are no fault.
    public static func message(_ bytes: [UInt8]) throws(MalformedMessage) -> DNSMessage {
        guard bytes.count >= 12 else { throw .shortHeader(bytes.count) }
        var decoder = MessageDecoder(bytes)
        return try decoder.readMessage()
    }

    /// The first question of a message, whatever follows; `nil` if there is none that can be read.
    public static func question(_ bytes: [UInt8]) -> DNSQuestion? {
        guard bytes.count > 12, bytes[4] != 0 || bytes[5] != 0 else { return nil }
        var decoder = MessageDecoder(bytes)
        decoder.position = 12
        guard let name = try? decoder.name(), let type = try? decoder.u16() else { return nil }
        return DNSQuestion(name, RecordType(type))
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func readMessage() throws(MalformedMessage) -> DNSMessage {
        var message = DNSMessage(id: try u16(), question: nil)
        let flags = try u16()
        message.isResponse = flags & 0x8000 != 0
        message.isAuthoritative = flags & 0x0400 != 0
        message.isTruncated = flags & 0x0200 != 0
        message.recursionDesired = flags & 0x0100 != 0
        message.recursionAvailable = flags & 0x0080 != 0
        message.isAuthenticData = flags & 0x0020 != 0
        message.rcode = Int(flags & 15)
        let counts = [Int(try u16()), Int(try u16()), Int(try u16()), Int(try u16())]
        for found in 0..<counts[0] {
            guard position < bytes.count else {
                throw .fewerRecords(section: "question", announced: counts[0], found: found)
            }
            let question = DNSQuestion(try name(), RecordType(try u16()))
            _ = try u16()
            if message.question == nil { message.question = question }
        }
        message.answers = try section("answer", counts[1], of: &message)
        message.authority = try section("authority", counts[2], of: &message)
        message.additional = try section("additional", counts[3], of: &message)
        return message
    }

    private mutating func section(
        _ title: String, _ count: Int, of message: inout DNSMessage
    ) throws(MalformedMessage) -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        for found in 0..<count {
            // A truncated message may count what it had to leave out, RFC 2181 §9.
            if position == bytes.count, message.isTruncated { break }
            guard position < bytes.count else {
                throw .fewerRecords(section: title, announced: count, found: found)
            }
            let start = position
            let (owner, type, family) = (try name(), RecordType(try u16()), try u16())
            let (ttl, length) = (try u32(), Int(try u16()))
            guard position + length <= bytes.count else { throw .recordLength(type, says: length, at: start) }
            let end = position + length
            if type == .opt {
                message.payloadSize = family
                message.rcode |= Int(ttl >> 24) << 4
                message.wantsSignatures = ttl & 0x8000 != 0
                message.read(EDNSOption.all(in: bytes[position..<end]))
                position = end
                continue
            }
            let data = try self.data(of: type, upTo: end, start: start)
            if family == 1 { records.append(ResourceRecord(owner, type, ttl: ttl, data)) }
        }
        return records
    }

    private mutating func data(of type: RecordType, upTo end: Int, start: Int) throws(MalformedMessage) -> RecordData {
        let length = end - position
        let lie = MalformedMessage.recordLength(type, says: length, at: start)
        let data: RecordData
        switch type {
        case .a, .aaaa:
            guard length == (type == .a ? 4 : 16), let address = IPAddress(bytes: Array(bytes[position..<end])) else {
                throw lie
            }
            data = .address(address)
            position = end
        case .ns, .cname, .ptr:
            data = .name(try name())
        case .mx:
            data = .exchange(MailExchanger(try u16(), try name()))
        case .soa:
            let primary = try name()
            _ = try name()
            let serial = try u32()
            for _ in 0..<3 { _ = try u32() }
            data = .startOfAuthority(primary: primary, serial: serial, minimum: try u32())
        case .txt, .spf:
            var strings: [[UInt8]] = []
            while position < end {
                let next = position + 1 + Int(bytes[position])
                guard next <= end else { throw lie }
                strings.append(Array(bytes[(position + 1)..<next]))
                position = next
            }
            data = .text(strings)
        default:
            data = .other(Array(bytes[position..<end]))
            position = end
        }
        guard position == end else { throw lie }
        return data
    }

    private mutating func u16() throws(MalformedMessage) -> UInt16 {
        guard position + 2 <= bytes.count else { throw .truncated(at: bytes.count) }
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    private mutating func u32() throws(MalformedMessage) -> UInt32 { UInt32(try u16()) << 16 | UInt32(try u16()) }

    /// Each pointer must lead before every byte that the name has used so far: a circle is impossible.
    private mutating func name() throws(MalformedMessage) -> DNSName {
        let start = position
        var (labels, length, jumps): ([[UInt8]], Int, Int) = ([], 1, 0)
        var (here, lowest) = (position, position)
        while true {
            guard here < bytes.count else { throw .truncated(at: bytes.count) }
            let byte = bytes[here]
            switch byte {
            case 0:
                if jumps == 0 { position = here + 1 }
                return DNSName(unchecked: labels)
            case 1...63:
                let end = here + 1 + Int(byte)
                guard end <= bytes.count else { throw .truncated(at: bytes.count) }
                length += 1 + Int(byte)
                guard length <= 255 else { throw .longName(at: start) }
                guard labelsLeft > 0 else { throw .labelFlood }
                labelsLeft -= 1
                labels.append(Array(bytes[(here + 1)..<end]))
                here = end
            case 0xC0...:
                guard here + 1 < bytes.count else { throw .truncated(at: bytes.count) }
                let target = Int(byte & 0x3F) << 8 | Int(bytes[here + 1])
                guard target < lowest else { throw .forwardPointer(at: here) }
                if jumps == 0 { position = here + 2 }
                jumps += 1
                guard jumps <= Self.jumpLimit else { throw .pointerChain(at: start) }
                (here, lowest) = (target, target)
            default:
                throw .labelType(byte, at: here)
            }
        }
    }
}
