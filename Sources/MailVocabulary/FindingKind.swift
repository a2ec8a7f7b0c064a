/// What a check may conclude: declared beside the check, apart from the code that finds it.
public struct FindingKind: Hashable, Sendable {
    /// Stable and dotted, as `dns.ptr.silent`; used in JSON and by causes of the reply catalogue.
    public var code: String
    public var severity: Severity
    /// Where it is written that this matters.
    public var citation: Citation

    public init(_ code: String, _ severity: Severity, _ citation: Citation) {
        (self.code, self.severity, self.citation) = (code, severity, citation)
    }
}

/// The document that a finding or an explanation rests on.
public struct Citation: Hashable, Sendable, CustomStringConvertible {
    /// As a reader would write it: `RFC 5321 §5.1`.
    public var description: String

    public init(_ description: String) { self.description = description }

    public static func rfc(_ number: Int, _ section: String = "") -> Citation {
        Citation(section.isEmpty ? "RFC \(number)" : "RFC \(number) §\(section)")
    }
}
