/// A text with gaps for what a reply names: `{ip} is on the list {list}`.
struct TextTemplate {
    enum Part: Equatable {
        case text(String)
        case gap(String)
    }

    let parts: [Part]

    init(_ source: String) {
        var parts: [Part] = []
        var rest = source[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.gap(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The names of the gaps, each once.
    var names: Set<String> {
        Set(parts.compactMap { if case .gap(let name) = $0 { name } else { nil } })
    }

    /// A gap that nothing is known for keeps its name.
    func filled(_ value: (String) -> String?) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .gap(let name): value(name) ?? name
            }
        }.joined()
    }
}
