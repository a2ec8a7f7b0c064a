/// The files that a message is made of, as the operator names them: a shell reads them before anybody is spoken to.
public struct MessageSources: Hashable, Sendable {
    /// The text, in place of `TestMessage.body`.
    public var text: String?
    /// Of a text that is not UTF-8; it is named, not converted.
    public var charset: String?
    /// The same text as HTML.
    public var html: String?
    public var attachments: [AttachmentSource] = []
    /// Sent unchanged in place of everything else.
    public var raw: String?
    /// Every line of the raw file ends with CRLF, whatever the file has.
    public var makesCRLF = false
    /// A dot at the beginning of a line of the raw file is doubled, RFC 5321 §4.5.2.
    public var isStuffed = true

    public init() {}

    /// Nothing is to be read.
    public var isEmpty: Bool { text == nil && html == nil && attachments.isEmpty && raw == nil }
}

/// A file that goes with the message, written `FILE`, and behind it `;type=application/pdf`, `;name=report.pdf` or, for a file that
/// the HTML shows, `;id=CONTENT-ID`.
public struct AttachmentSource: Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var type: String?
    public var name: String?
    /// The HTML names the file as `cid:` and this, RFC 2392; `nil` for an attachment of its own.
    public var contentID: String?

    /// - Throws: `CommandFault` for a text that names no file, or would become more than one line.
    public init(parsing text: String) throws(CommandFault) {
        try CommandFault.check(text, "the attachment")
        var words = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        var values: [String: String] = [:]
        // A file may have a semicolon in its name: only what is one of the words is one.
        while words.count > 1, let last = words.last {
            let pair = last.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, ["type", "name", "id"].contains(String(pair[0])) else { break }
            values[String(pair[0])] = String(pair[1])
            words.removeLast()
        }
        path = words.joined(separator: ";")
        (type, name, contentID) = (values["type"], values["name"], values["id"])
        if path.isEmpty { throw CommandFault("“\(text)” names no file") }
        if path == "-" { throw CommandFault("an attachment is a file; only the text may be the standard input") }
    }

    /// The name that the receiver sees.
    public var shownName: String { name ?? path.split(separator: "/").last.map(String.init) ?? path }

    /// As it is parsed.
    public var description: String {
        path + (type.map { ";type=\($0)" } ?? "") + (name.map { ";name=\($0)" } ?? "")
            + (contentID.map { ";id=\($0)" } ?? "")
    }
}
