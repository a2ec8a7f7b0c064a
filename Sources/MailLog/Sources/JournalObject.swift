/// An entry of the journal as a JSON object in one line, as `journalctl -o json` writes it: read as the log line that it is.
///
///     {"MESSAGE":"connect from mx.example.test[192.0.2.7]","_PID":"229","SYSLOG_IDENTIFIER":"postfix/smtpd",…}
///
/// A field may be a string, null, or an array: of the bytes of a value that is no text, or of several values, of which the
/// last one counts ("Journal JSON Format", systemd).
public struct JournalObject {
    private var entry = JournalEntry()
    private let bytes: [UInt8]
    private var place = 0

    /// Every such object has this field, in quotes.
    static let stampField = "\"__REALTIME_TIMESTAMP\""

    /// Whether a line may be such an object: a look at its first byte, for every line of a log.
    @inline(__always)
    static func mayBe(_ line: Span<UInt8>) -> Bool { line.count > 2 && line[0] == 0x7B }

    /// The log line; nothing when `line` is no such object.
    public static func plain(_ line: Span<UInt8>) -> [UInt8]? {
        guard mayBe(line), line.index(of: stampField, from: 1) != nil else { return nil }
        var object = JournalObject(bytes: line.array(0..<line.count))
        guard object.read(), let message = object.entry.message, let head = object.entry.head else { return nil }
        // A message of several lines stays one line, so that lines keep their numbers.
        return head + message.map { $0 == 0x0A ? 0x20 : $0 }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// - Returns: false when these bytes are no object.
    private mutating func read() -> Bool {
        guard take(0x7B) else { return false }
        while !take(0x7D) {
            guard let name = string(), take(0x3A), let value = value(depth: 0) else { return false }
            entry.keep(name, value)
            if !take(0x2C), next != 0x7D { return false }
        }
        return true
    }

    /// The next byte that is no blank.
    private var next: UInt8? {
        mutating get {
            while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
            return place < bytes.count ? bytes[place] : nil
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    /// A value as bytes: of an array of numbers these as bytes, of another array its last element.
    private mutating func value(depth: Int) -> [UInt8]? {
        switch next {
        case 0x22: return string()
        case 0x5B where depth < 2: return array(depth)
        default:
            let start = place
            while let byte = next, byte != 0x2C, byte != 0x7D, byte != 0x5D, byte != 0x7B, byte != 0x22 { place += 1 }
            let word = bytes[start..<place]
            return word.isEmpty ? nil : word.elementsEqual("null".utf8) ? [] : Array(word)
        }
    }

    private mutating func array(_ depth: Int) -> [UInt8]? {
        guard take(0x5B) else { return nil }
        var (numbers, last) = ([UInt8](), [UInt8]())
        while !take(0x5D) {
            let isText = next == 0x22 || next == 0x5B
            guard let element = value(depth: depth + 1) else { return nil }
            if !isText, let byte = UInt8(String(decoding: element, as: UTF8.self)) { numbers.append(byte) }
            last = element
            if !take(0x2C), next != 0x5D { return nil }
        }
        return numbers.isEmpty ? last : numbers
    }

    private mutating func string() -> [UInt8]? {
        guard take(0x22) else { return nil }
        var text: [UInt8] = []
        while place < bytes.count, case let byte = bytes[place] {
            place += 1
            switch byte {
            case 0x22: return text
            case 0x5C:
                guard let escaped = escaped() else { return nil }
                text += String(escaped).utf8
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What stands behind a backslash (RFC 8259 §7).
    private mutating func escaped() -> Unicode.Scalar? {
        guard place < bytes.count else { return nil }
        place += 1
        switch bytes[place - 1] {
        case 0x62: return "\u{8}"
        case 0x66: return "\u{C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75:
            guard let unit = unit() else { return nil }
            guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            // Two of them make one character outside of the first 65,536.
            guard place + 1 < bytes.count, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else { return "\u{FFFD}" }
            place += 2
            guard let low = self.unit() else { return nil }
            return (0xDC00..<0xE000).contains(low)
                ? Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) : "\u{FFFD}"
        default: return Unicode.Scalar(bytes[place - 1])
        }
    }

    private mutating func unit() -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        defer { place += 4 }
        return UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
    }
}
