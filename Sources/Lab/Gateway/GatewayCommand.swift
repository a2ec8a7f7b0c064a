/// One command line as the gateway understands it: a verb and what stands behind it.
struct GatewayCommand: Hashable, Sendable {
    /// In upper case.
    var verb: String
    /// Without blanks at its ends.
    var argument: String
    /// The whole line as it came.
    var text: String

    /// Bytes that are not UTF-8 are replaced: they can be in no address that is accepted here.
    init(_ line: [UInt8]) {
        text = String(decoding: line, as: UTF8.self)
        let verb = text.prefix { $0 != " " && $0 != "\t" }
        self.verb = verb.uppercased()
        argument = Self.trimmed(text[verb.endIndex...])
    }

    /// An address and its ESMTP parameters, RFC 5321 §4.1.2.
    struct Path: Hashable, Sendable {
        /// Without angle brackets; empty for the null reverse-path.
        var address: String
        var parameters: [Parameter]
    }

    /// `KEYWORD=value`, RFC 5321 §4.1.2.
    struct Parameter: Hashable, Sendable {
        /// In upper case.
        var keyword: String
        /// Empty when there is no `=`.
        var value: String
    }

    /// What follows `FROM:` or `TO:`. A blank before the address and an address without angle brackets are taken, as the
    /// products do; `nil` for anything else.
    func path(after keyword: String) -> Path? {
        guard argument.uppercased().hasPrefix(keyword) else { return nil }
        var rest = argument.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.first == ":" else { return nil }
        rest = rest.dropFirst().drop { $0 == " " }
        let address: Substring
        if rest.first == "<" {
            guard let close = rest.firstIndex(of: ">") else { return nil }
            address = rest[rest.index(after: rest.startIndex)..<close]
            rest = rest[rest.index(after: close)...]
            guard rest.isEmpty || rest.first == " " else { return nil }
        } else {
            address = rest.prefix { $0 != " " }
            guard !address.isEmpty else { return nil }
            rest = rest[address.endIndex...]
        }
        let parameters = rest.split(separator: " ").map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Parameter(keyword: parts[0].uppercased(), value: parts.count == 2 ? String(parts[1]) : "")
        }
        return Path(address: Self.withoutSourceRoute(address), parameters: parameters)
    }

    /// `@a,@b:user@c` is `user@c`, RFC 5321 appendix C.
    private static func withoutSourceRoute(_ address: Substring) -> String {
        guard address.first == "@", let colon = address.firstIndex(of: ":") else { return String(address) }
        return String(address[address.index(after: colon)...])
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
