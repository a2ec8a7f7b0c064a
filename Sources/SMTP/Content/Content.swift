/// Octets that a message is made of: they are here, or in a file that is read when they go out.
///
/// A file of 100 MB is never held whole: what has to be known of it before MAIL is in its survey.
public enum Content: Hashable, Sendable {
    case octets([UInt8])
    case file(StoredFile)

    /// How many octets it has, before any encoding.
    public var count: Int {
        switch self {
        case .octets(let bytes): bytes.count
        case .file(let file): file.survey.octets
        }
    }

    /// What is known of it; counted anew for what is here.
    ///
    /// - Parameter isText: It may be sent in quoted-printable, or has to be UTF-8.
    public func survey(isText: Bool) -> ContentSurvey {
        switch self {
        case .octets(let bytes): ContentSurvey(of: bytes, isText: isText)
        case .file(let file): file.survey
        }
    }

    /// The same with CRLF at the end of every line. A file was surveyed with it or without it, and stays so.
    var canonical: Content {
        switch self {
        case .octets(let bytes): .octets(DotStuffing.canonical(bytes))
        case .file: self
        }
    }
}
