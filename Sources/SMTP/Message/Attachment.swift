/// A file that goes with the test message.
public struct Attachment: Hashable, Sendable {
    /// The name that the receiver sees, RFC 2183 §2.3.
    public var name: String
    /// `application/pdf`.
    public var type: String
    public var content: Content
    /// Shown inside the HTML, which names it as `cid:` and this id, RFC 2392; `nil` for an attachment of its own.
    public var contentID: String?

    /// - Throws: `CommandFault` for a type that is none, or a name or id that would become another line.
    public init(name: String, type: String? = nil, bytes: [UInt8], contentID: String? = nil) throws(CommandFault) {
        try self.init(name: name, type: type, content: .octets(bytes), contentID: contentID)
    }

    /// - Throws: `CommandFault` for a type that is none, or a name or id that would become another line.
    public init(name: String, type: String? = nil, content: Content, contentID: String? = nil) throws(CommandFault) {
        try CommandFault.check(name, "the name of the attachment")
        (self.name, self.content, self.contentID) = (name, content, contentID)
        self.type = type ?? Self.type(ofFileNamed: name)
        if let contentID, contentID.isEmpty || !contentID.utf8.allSatisfy(Self.isToken) {
            throw CommandFault("“\(contentID)” is no Content-ID: letters, digits, dots and @")
        }
        let halves = self.type.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isToken) }) else {
            throw CommandFault("“\(self.type)” is no type of content: such as application/pdf")
        }
        if halves[0].lowercased() == "multipart" {
            throw CommandFault("an attachment is one file, and \(self.type) is made of several")
        }
    }

    /// A message inside the message: its lines end with CRLF, and nothing may be encoded, RFC 2046 §5.2.1.
    public static func isMessage(type: String) -> Bool { type.lowercased().hasPrefix("message/") }

    private static func isToken(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"()<>,;:\\\"/[]?=".utf8.contains(byte)
    }

    /// By the end of the name, as the gateways that look at it would expect; what is not known is
    /// `application/octet-stream`.
    public static func type(ofFileNamed name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return unknown }
        return types[name[name.index(after: dot)...].lowercased()] ?? unknown
    }

    private static let unknown = "application/octet-stream"
    private static let types = [
        "txt": "text/plain", "log": "text/plain", "html": "text/html", "htm": "text/html", "csv": "text/csv",
        "ics": "text/calendar", "xml": "application/xml", "json": "application/json", "pdf": "application/pdf",
        "zip": "application/zip", "gz": "application/gzip", "rtf": "application/rtf", "doc": "application/msword",
        "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml",
        "eml": "message/rfc822", "p7s": "application/pkcs7-signature", "asc": "application/pgp-keys",
    ]
}
