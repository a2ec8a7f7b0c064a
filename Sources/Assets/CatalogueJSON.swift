/// Finds what the decoder does not tell: the line where a text stops being JSON, and keys that come twice.
struct CatalogueJSON {
    /// What is wrong, and in which line, counted from 1.
    struct Fault: Error, Equatable {
        var line: Int
        var key: String
        var reason: String
    }

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    /// The keys that lead to where the reader stands.
    private var path: [String] = []

    /// The first fault of a text; `nil` when it is JSON (RFC 8259) without a key that comes twice.
    static func fault(in bytes: [UInt8]) -> Fault? {
        var reader = CatalogueJSON(bytes: bytes)
        do throws(Fault) {
            try reader.value(depth: 0)
            reader.skipBlanks()
            if reader.at < bytes.count { throw reader.fault("something follows the end") }
            return nil
        } catch {
            return error
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ reason: String) -> Fault {
        Fault(line: line, key: path.joined(separator: "."), reason: reason)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) {
            if bytes[at] == 10 { line += 1 }
            at += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) {
        // The decoder gives up at 512; nobody needs more than a handful.
        guard depth < 64 else { throw fault("too deep") }
        skipBlanks()
        guard at < bytes.count else { throw fault("ends where a value belongs") }
        switch bytes[at] {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): _ = try string()
        default: try word()
        }
    }

    private mutating func object(depth: Int) throws(Fault) {
        at += 1
        var seen: Set<String> = []
        if take("}") { return }
        while true {
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("a key in quotes belongs here") }
            let key = try string()
            path.append(key)
            guard seen.insert(key).inserted else { throw fault("the key comes twice") }
            guard take(":") else { throw fault("':' is missing") }
            try value(depth: depth + 1)
            path.removeLast()
            if take("}") { return }
            guard take(",") else { throw fault("',' or '}' is missing") }
        }
    }

    private mutating func array(depth: Int) throws(Fault) {
        at += 1
        if take("]") { return }
        while true {
            try value(depth: depth + 1)
            if take("]") { return }
            guard take(",") else { throw fault("',' or ']' is missing") }
        }
    }

    private mutating func string() throws(Fault) -> String {
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] < 32 { throw fault("a string does not end on its line") }
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard at < bytes.count else { throw fault("a string does not end") }
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// true, false, null or a number; whether the number is one is left to the decoder.
    private mutating func word() throws(Fault) {
        let start = at
        while at < bytes.count, ![9, 10, 13, 32, 44, 58, 93, 125].contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard
            ["true", "false", "null"].contains(text)
                || text.utf8.first.map({ $0 == 45 || (48...57).contains($0) }) == true
        else { throw fault(text.isEmpty ? "a value is missing" : "cannot read '\(text.prefix(20))'") }
    }
}
