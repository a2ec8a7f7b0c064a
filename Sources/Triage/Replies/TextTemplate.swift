extension String {
    /// Whether a `{` stands in it. Most texts of the catalogue have none, and this is asked for each of them.
    var hasGap: Bool {
        let bytes = utf8Span.span
        for index in bytes.indices where bytes[index] == UInt8(ascii: "{") { return true }
        return false
    }
}

/// A text with gaps for what a reply names: `{ip} is on the list {list}`.
struct TextTemplate {
    enum Part: Equatable {
        case text(String)
        case gap(String)
    }

    let parts: [Part]

    init(_ source: String) {
        var parts: [Part] = []
        // Braces are ASCII, so bytes can be counted instead of characters.
        var rest = source.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]) ?? "")) }
            parts.append(.gap(String(rest[rest.index(after: open)..<close]) ?? ""))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest) ?? "")) }
        self.parts = parts
    }

    /// The names of the gaps, each once.
    var names: Set<String> {
        Set(parts.compactMap { if case .gap(let name) = $0 { name } else { nil } })
    }

    /// A gap that nothing is known for keeps its name.
    func filled(_ value: (String) -> String?) -> String {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .gap(let name): result += value(name) ?? name
            }
        }
        return result
    }
}
