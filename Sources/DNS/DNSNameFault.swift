/// Why a text is no domain name, RFC 1035 §2.3.4 and §5.1.
public enum DNSNameFault: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case emptyLabel
    /// Bytes of the label.
    case longLabel(Int)
    /// Bytes of the name on the wire.
    case longName(Int)
    case badEscape
    case blank
    case notASCII

    /// One lower-case sentence without a subject, to stand behind the text that was given.
    public var description: String {
        switch self {
        case .empty: "is empty: a domain name was expected"
        case .emptyLabel: "has two dots in a row, or begins with one"
        case .longLabel(let count): "has a label of \(count) bytes; 63 is the limit"
        case .longName(let count): "takes \(count) bytes on the wire; 255 is the limit"
        case .badEscape: "has a backslash that is followed neither by three digits up to 255 nor by a character"
        case .blank: "has a space or a control character; write it as \\032 if it is meant"
        case .notASCII: "is not ASCII; give an internationalized domain name in its xn-- form"
        }
    }
}
