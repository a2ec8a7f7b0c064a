import Canvas

extension Row {
    /// The row with every hit of a search in a role of its own, letters of either case. What is searched is what is shown.
    func marking(_ needle: String) -> Row {
        guard !needle.isEmpty else { return self }
        var row = self
        row.spans = spans.flatMap { $0.marking(needle.lowercased()) }
        return row
    }
}

extension Span {
    /// Split at the hits of `needle`, which is in lower case.
    fileprivate func marking(_ needle: String) -> [Span] {
        var parts: [Span] = []
        var rest = text
        while !rest.isEmpty {
            let plain = rest.plain.lowercased()
            guard let hit = plain.firstRange(of: needle) else { break }
            let before = PrintableText(untrusted: String(plain[..<hit.lowerBound])).width
            let width = PrintableText(untrusted: needle).width
            guard width > 0 else { break }
            if before > 0 { parts.append(Span(rest.prefix(columns: before), role)) }
            parts.append(Span(rest.dropping(columns: before).prefix(columns: width), .searchHit))
            rest = rest.dropping(columns: before + width)
        }
        return rest.isEmpty ? parts : parts + [Span(rest, role)]
    }
}
