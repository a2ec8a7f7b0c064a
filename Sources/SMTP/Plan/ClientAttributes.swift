/// What XCLIENT and XFORWARD tell of another client, `NAME=client.example ADDR=192.0.2.1`, as Postfix documents them.
public enum ClientAttributes: Sendable {
    case client, forward

    /// The attributes that there are.
    public var names: [String] {
        switch self {
        case .client: ["NAME", "REVERSE_NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"]
        case .forward: ["NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE"]
        }
    }

    /// The text with one blank between the attributes; `nil` when there is none in it.
    ///
    /// - Throws: `CommandFault` for a word that is no attribute with a value.
    public func reading(_ text: String) throws(CommandFault) -> String? {
        try CommandFault.check(text, self == .client ? "XCLIENT" : "XFORWARD")
        let words = text.split(separator: " ")
        for word in words {
            let name = word.prefix { $0 != "=" }
            guard names.contains(name.uppercased()), name.utf8.count + 1 < word.utf8.count else {
                throw CommandFault("\(word) is not ATTRIBUTE=value; there are: \(names.joined(separator: ", "))")
            }
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// Several of them, divided by commas.
    ///
    /// - Throws: as `reading(_:)`.
    public func readings(_ text: String) throws(CommandFault) -> [String] {
        var readings: [String] = []
        for part in text.split(separator: ",") {
            if let reading = try reading(String(part)) { readings.append(reading) }
        }
        return readings
    }
}
