import MailVocabulary

/// Reads what `JournalWriter` wrote. A line that it did not write makes it throw.
struct JournalReader {
    struct Unreadable: Error {}

    private var fields: ArraySlice<Substring>

    init(_ line: some StringProtocol) {
        fields = Substring(line).split(separator: "\t", omittingEmptySubsequences: false)[...]
    }

    var isAtEnd: Bool { fields.isEmpty }

    mutating func word() throws(Unreadable) -> String {
        guard let field = fields.popFirst() else { throw Unreadable() }
        return String(field)
    }

    mutating func bytes() throws(Unreadable) -> [UInt8] {
        let field = try word()
        guard field.hasPrefix("'"), let bytes = EvidenceText.unescaped(field.dropFirst()) else { throw Unreadable() }
        return bytes
    }

    mutating func text() throws(Unreadable) -> String { String(decoding: try bytes(), as: UTF8.self) }
    mutating func number() throws(Unreadable) -> Int { try value { Int($0) } }
    mutating func flag() throws(Unreadable) -> Bool { try value { $0 == "yes" ? true : $0 == "no" ? false : nil } }
    mutating func address() throws(Unreadable) -> IPAddress { try value { IPAddress($0) } }
    mutating func stage() throws(Unreadable) -> SessionStage { try value { SessionStage(rawValue: $0) } }
    mutating func code() throws(Unreadable) -> ReplyCode { ReplyCode(try number()) }
    mutating func endpoint() throws(Unreadable) -> Endpoint { Endpoint(try address(), try number()) }

    mutating func place() throws(Unreadable) -> Endpoint? {
        let endpoint = try endpoint()
        return endpoint.port == 0 ? nil : endpoint
    }

    mutating func oddity() throws(Unreadable) -> Oddity {
        let kind = try value { Oddity.Kind(rawValue: $0) }
        return Oddity(kind, try text())
    }

    mutating func time() throws(Unreadable) -> Duration {
        let parts = try word().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2 else { throw Unreadable() }
        return Duration(secondsComponent: parts[0], attosecondsComponent: parts[1])
    }

    mutating func list<Element>(
        _ read: (inout JournalReader) throws(Unreadable) -> Element
    ) throws(Unreadable) -> [Element] {
        let count = try number()
        guard count >= 0, count <= fields.count else { throw Unreadable() }
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    mutating func optional<Value>(
        _ read: (inout JournalReader) throws(Unreadable) -> Value
    ) throws(Unreadable) -> Value? { try list(read).first }

    mutating func value<Value>(_ read: (String) -> Value?) throws(Unreadable) -> Value {
        guard let value = read(try word()) else { throw Unreadable() }
        return value
    }
}
