import MailVocabulary

/// Writes messages, RFC 1035 §4, with name compression (§4.1.4).
public struct MessageEncoder {
    private var bytes: [UInt8] = []
    /// Where each name, or end of a name, was written first.
    private var offsets: [DNSName: Int] = [:]
    /// Names are written whole and in small letters.
    private var isCanonical = false

    /// The message on the wire. If it does not fit in `limit` bytes it is cut at a whole record and marked TC, RFC 2181 §9.
    public static func bytes(of message: DNSMessage, limit: Int = 65535) -> [UInt8] {
        var encoder = MessageEncoder()
        encoder.write(message, limit: limit)
        return encoder.bytes
    }

    /// A record as it is signed: names whole and in small letters, RFC 4034 §6.2.
    public static func canonicalBytes(of record: ResourceRecord) -> [UInt8] {
        var encoder = MessageEncoder()
        encoder.isCanonical = true
        encoder.write(record)
        return encoder.bytes
    }

    private init() {}

    private mutating func write(_ message: DNSMessage, limit: Int) {
        let flags = UInt16(message.rcode & 15) | message.flags.rawValue | (message.isResponse ? 0x8000 : 0)
        u16(message.id)
        u16(flags)
        for _ in 0..<4 { u16(0) }
        if let question = message.question {
            name(question.name)
            u16(question.type.value)
            u16(1)
            set(u16: 1, at: 4)
        }
        let options = message.options
        let size = options.reduce(0) { $0 + 4 + $1.data.count }
        let room = limit - (message.payloadSize == nil ? 0 : 11 + size)
        var isCut = false
        for (counter, section) in [(6, message.answers), (8, message.authority), (10, message.additional)] where !isCut
        {
            var count = 0
            for record in section {
                let (before, known) = (bytes.count, offsets)
                write(record)
                if bytes.count > room {
                    bytes.removeSubrange(before...)
                    offsets = known
                    isCut = true
                    break
                }
                count += 1
            }
            set(u16: UInt16(clamping: count), at: counter)
        }
        if isCut { set(u16: flags | 0x0200, at: 2) }
        if let payloadSize = message.payloadSize {
            bytes.append(0)
            u16(RecordType.opt.value)
            u16(payloadSize)
            u32(UInt32(message.rcode >> 4 & 255) << 24 | (message.wantsSignatures ? 0x8000 : 0))
            u16(UInt16(clamping: size))
            for option in options {
                u16(option.code)
                u16(UInt16(clamping: option.data.count))
                bytes += option.data
            }
            set(u16: (UInt16(bytes[10]) << 8 | UInt16(bytes[11])) + 1, at: 10)
        }
    }

    private mutating func write(_ record: ResourceRecord) {
        name(record.name)
        u16(record.type.value)
        u16(1)
        u32(record.ttl)
        let length = bytes.count
        u16(0)
        switch record.data {
        case .address(let address):
            bytes += address.bytes
        case .exchange(let exchanger):
            u16(exchanger.preference)
            name(exchanger.exchange)
        case .name(let target):
            name(target)
        case .text(let strings):
            for string in strings {
                bytes.append(UInt8(clamping: string.count))
                bytes += string.prefix(255)
            }
        case .startOfAuthority(let primary, let serial, let minimum):
            name(primary)
            name(primary.under("hostmaster") ?? primary)
            // Refresh, retry and expire concern secondaries only: the values that RFC 1912 §2.2 proposes.
            for value in [serial, 7200, 3600, 1_209_600, minimum] { u32(value) }
        case .other(let data):
            bytes += data
        }
        set(u16: UInt16(clamping: bytes.count - length - 2), at: length)
    }

    private mutating func name(_ name: DNSName) {
        var rest = name
        while let parent = rest.parent {
            if let offset = offsets[rest], !isCanonical {
                u16(0xC000 | UInt16(offset))
                return
            }
            if bytes.count < 0x4000 { offsets[rest] = bytes.count }
            bytes.append(UInt8(rest.labels[0].count))
            bytes += isCanonical ? rest.labels[0].map(DNSName.fold) : rest.labels[0]
            rest = parent
        }
        bytes.append(0)
    }

    private mutating func u16(_ value: UInt16) { bytes += [UInt8(value >> 8), UInt8(value & 255)] }

    private mutating func u32(_ value: UInt32) {
        u16(UInt16(value >> 16))
        u16(UInt16(value & 0xFFFF))
    }

    private mutating func set(u16 value: UInt16, at index: Int) {
        (bytes[index], bytes[index + 1]) = (UInt8(value >> 8), UInt8(value & 255))
    }
}
