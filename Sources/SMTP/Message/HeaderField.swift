/// One header field of a message, RFC 5322 §2.2: a name and its value on one line, not yet folded or encoded.
public struct HeaderField: Hashable, Sendable {
    public let name: String
    public let value: String

    /// Reads `Name: value`.
    ///
    /// - Throws: `CommandFault` for a text that is no header field, or would become more than one.
    public init(parsing text: String) throws(CommandFault) {
        try CommandFault.check(text, "the header field")
        guard let colon = text.firstIndex(of: ":") else {
            throw CommandFault("“\(text)” is no header field: Name: value")
        }
        self.name = try Self.checked(name: String(text[..<colon]))
        self.value = String(text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) else {
            throw CommandFault("the header field \(name) holds a control character; --raw sends any bytes")
        }
    }

    init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

    /// A field name alone, RFC 5322 §3.6.8: printable ASCII without a colon.
    ///
    /// - Throws: `CommandFault` for anything else.
    public static func checked(name: String) throws(CommandFault) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }) else {
            throw CommandFault("“\(name)” is no name of a header field: letters, digits and hyphens, no blank")
        }
        return name
    }

    /// Names of header fields have no case.
    func isNamed(_ other: String) -> Bool { name.lowercased() == other.lowercased() }
}

/// What the operator changes about the header of the test message.
public enum HeaderEdit: Hashable, Sendable {
    /// In place of every field of that name, where the first of them stood; at the end when there was none.
    case replace(HeaderField)
    /// At the end, whatever is there already.
    case add(HeaderField)
    /// Every field of that name goes.
    case remove(String)

    var journalName: String {
        switch self {
        case .replace: "header"
        case .add: "header-add"
        case .remove: "header-remove"
        }
    }

    var journalValue: String {
        switch self {
        case .replace(let field), .add(let field): "\(field.name): \(field.value)"
        case .remove(let name): name
        }
    }

    /// Reads the two back; `nil` for what no journal of ours holds.
    init?(journalName: String, _ value: String) {
        let field = try? HeaderField(parsing: value)
        switch (journalName, field) {
        case ("header", let field?): self = .replace(field)
        case ("header-add", let field?): self = .add(field)
        case ("header-remove", _): self = .remove(value)
        default: return nil
        }
    }
}

extension [HeaderField] {
    mutating func apply(_ edit: HeaderEdit) {
        switch edit {
        case .remove(let name): removeAll { $0.isNamed(name) }
        case .add(let field): append(field)
        case .replace(let field):
            let place = firstIndex { $0.isNamed(field.name) } ?? count
            removeAll { $0.isNamed(field.name) }
            insert(field, at: place)
        }
    }
}
