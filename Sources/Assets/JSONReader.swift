/// Reads a JSON text (RFC 8259) of people: strictly, with the line of whatever is wrong.
///
/// A key that comes twice is wrong, because one of the two would silently do nothing.
struct JSONReader {
    /// Nobody needs more than a handful.
    private static let deepest = 64

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func value(of bytes: [UInt8]) throws(JSONValue.Flaw) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.at == bytes.count else { throw reader.flaw("something follows the end") }
        return value
    }

    private func flaw(_ reason: String) -> JSONValue.Flaw { .init(line: line, path: "", reason: reason) }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 10: line += 1
            case 9, 13, 32: break
            default: return
            }
            at += 1
        }
    }

    private mutating func take(_ character: UInt8) -> Bool {
        skipBlanks()
        guard at < bytes.count, bytes[at] == character else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONValue.Flaw) -> JSONValue {
        guard depth < Self.deepest else { throw flaw("too deep") }
        skipBlanks()
        guard at < bytes.count else { throw flaw("ends where a value belongs") }
        let start = line
        switch bytes[at] {
        case UInt8(ascii: "{"): return JSONValue(content: .object(try members(depth: depth)), line: start)
        case UInt8(ascii: "["): return JSONValue(content: .list(try elements(depth: depth)), line: start)
        case UInt8(ascii: "\""): return JSONValue(content: .text(try string()), line: start)
        default: return JSONValue(content: try word(), line: start)
        }
    }

    private mutating func members(depth: Int) throws(JSONValue.Flaw) -> [JSONValue.Member] {
        at += 1
        var members: [JSONValue.Member] = []
        // A few keys are compared faster than hashed; a long table of words is not.
        var seen: Set<String> = []
        if take(UInt8(ascii: "}")) { return members }
        members.reserveCapacity(8)
        while true {
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw flaw("a key in quotes belongs here") }
            let keyLine = line
            let key = try string()
            do throws(JSONValue.Flaw) {
                let isTwin: Bool
                if members.count < 12 {
                    isTwin = members.contains { $0.key == key }
                } else {
                    if seen.isEmpty { seen = Set(members.map(\.key)) }
                    isTwin = !seen.insert(key).inserted
                }
                guard !isTwin else { throw flaw("the key comes twice") }
                guard take(UInt8(ascii: ":")) else { throw flaw("':' is missing") }
                members.append(.init(key: key, line: keyLine, value: try value(depth: depth + 1)))
            } catch {
                throw error.inside(key)
            }
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw flaw("',' or '}' is missing") }
        }
    }

    private mutating func elements(depth: Int) throws(JSONValue.Flaw) -> [JSONValue] {
        at += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        elements.reserveCapacity(4)
        while true {
            do throws(JSONValue.Flaw) { elements.append(try value(depth: depth + 1)) } catch {
                throw error.inside("[\(elements.count)]")
            }
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw flaw("',' or ']' is missing") }
        }
    }

    /// A text in quotes; most have no escape and are taken as they stand.
    private mutating func string() throws(JSONValue.Flaw) -> String {
        at += 1
        let start = at
        var isASCII = true
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                defer { at += 1 }
                // ASCII is always UTF-8: most texts need no second look.
                return isASCII ? String(decoding: bytes[start..<at], as: UTF8.self) : try text(bytes[start..<at])
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<32: throw flaw("a string does not end on its line")
            case 128...: (isASCII, at) = (false, at + 1)
            default: at += 1
            }
        }
        throw flaw("a string does not end")
    }

    private func text(_ bytes: some Collection<UInt8>) throws(JSONValue.Flaw) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw flaw("a string is not UTF-8") }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONValue.Flaw) -> String {
        var result = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(result)
            case UInt8(ascii: "\\"): result += try escape().utf8
            case 0..<32: throw flaw("a string does not end on its line")
            default: result.append(byte)
            }
        }
        throw flaw("a string does not end")
    }

    /// What follows a backslash, RFC 8259 §7.
    private mutating func escape() throws(JSONValue.Flaw) -> String {
        guard at < bytes.count else { throw flaw("a string does not end") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var unit = try hexadecimal()
            // A pair of surrogates is one character.
            if (0xD800...0xDBFF).contains(unit), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
                bytes[at + 1] == UInt8(ascii: "u")
            {
                at += 2
                let low = try hexadecimal()
                guard (0xDC00...0xDFFF).contains(low) else { throw flaw("\\u names half a character") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw flaw("\\u names half a character") }
            return String(scalar)
        default: throw flaw("no escape begins with \\\(Unicode.Scalar(byte))")
        }
    }

    private mutating func hexadecimal() throws(JSONValue.Flaw) -> UInt32 {
        guard at + 4 <= bytes.count else { throw flaw("\\u wants four hexadecimal digits") }
        let digits = String(decoding: bytes[at..<(at + 4)], as: UTF8.self)
        guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-"),
            let number = UInt32(digits, radix: 16)
        else { throw flaw("\\u wants four hexadecimal digits") }
        at += 4
        return number
    }

    /// true, false, null or a number.
    private mutating func word() throws(JSONValue.Flaw) -> JSONValue.Content {
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case 9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                return try meaning(of: String(decoding: bytes[start..<at], as: UTF8.self))
            default: at += 1
            }
        }
        return try meaning(of: String(decoding: bytes[start...], as: UTF8.self))
    }

    private func meaning(of word: String) throws(JSONValue.Flaw) -> JSONValue.Content {
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        case "": throw flaw("a value is missing")
        default:
            // Double reads more than JSON has: hexadecimal, names, a leading plus.
            guard let first = word.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
                word.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }),
                Double(word) != nil
            else { throw flaw("cannot read '\(word.prefix(20))'") }
            return .number(word)
        }
    }
}
