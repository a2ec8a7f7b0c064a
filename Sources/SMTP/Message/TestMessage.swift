/// The message that is sent after DATA when the operator has said so.
///
/// Written by `MessageComposer` from these fields, unless it is `raw` or a `probe`.
public struct TestMessage: Hashable, Sendable {
    public var subject: String
    /// Lines end with a line feed here; on the wire with CRLF.
    public var body: String
    /// RFC 5322 date-time of the Date field, made by the shell: the engine has no clock.
    public var date: String
    /// Without angle brackets. It is how the message is found again.
    public var messageID: String
    /// The text in a charset that is not UTF-8, or from a file that is too big to be held, in place of `body`.
    public var foreignText: ForeignText?
    /// The same text as HTML, beside `body` as multipart/alternative.
    public var html: [UInt8]?
    public var attachments: [Attachment] = []
    /// Made to the header in this order when everything else stands.
    public var headerEdits: [HeaderEdit] = []
    /// `%to%` and its like in `body`, `subject` and the header edits are replaced, see `MessageTokens`.
    public var fillsTokens = false
    /// Of the text; `nil` chooses the plainest that the server lets through.
    public var encoding: TransferEncoding?
    /// Sent unchanged in place of everything above.
    public var raw: RawMessage?
    /// Sent in place of everything else: only after a confirmation of its own.
    public var probe: SmugglingProbe?

    /// The files that fill the fields above, where they have not been read yet.
    public var sources = MessageSources()

    /// Set in a plan that was read from a journal: what files the message was made of. They are not kept, and so it is not sent again.
    public internal(set) var withheld: String?

    /// Bytes and the name of their charset, as RFC 2978 registers it.
    public struct ForeignText: Hashable, Sendable {
        public var charset: String
        public var content: Content

        /// - Throws: `CommandFault` for a name that is none.
        public init(charset: String, bytes: [UInt8]) throws(CommandFault) {
            try self.init(charset: charset, content: .octets(bytes))
        }

        /// - Parameter content: Surveyed as a text, with CRLF at the end of every line.
        /// - Throws: `CommandFault` for a name that is none.
        public init(charset: String, content: Content) throws(CommandFault) {
            let isName = charset.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "-_.:+".utf8.contains(byte)
                }
            }
            guard !charset.isEmpty, isName else {
                throw CommandFault("“\(charset)” is no name of a charset: such as iso-2022-jp")
            }
            (self.charset, self.content) = (charset, content)
        }
    }

    public init(
        subject: String = "Porthole test", body: String = "This is a test message.\n", date: String = "",
        messageID: String = ""
    ) {
        (self.subject, self.body, self.date, self.messageID) = (subject, body, date, messageID)
    }

    /// The Message-ID that the operator's own file or header field gives the message, without angle brackets; `nil` without one.
    public var ownMessageID: String? {
        ownField("Message-ID").map { $0.filter { $0 != "<" && $0 != ">" && $0 != " " } }
    }

    /// A server may end it before its end: it goes out only after a confirmation of its own.
    public var mayEndEarly: Bool { probe != nil || raw?.mayEndEarly == true }

    /// The Message-ID is written by `MessageComposer`: no file and no header field of the operator says otherwise.
    public var hasOurMessageID: Bool {
        raw == nil
            && !headerEdits.contains { edit in
                switch edit {
                case .remove(let name): name.lowercased() == "message-id"
                case .replace(let field): field.isNamed("Message-ID")
                case .add: false
                }
            }
    }

    /// The Subject of the operator's own file or header field; `nil` without one.
    public var ownSubject: String? { ownField("Subject") }

    private func ownField(_ name: String) -> String? {
        if let raw { return raw.field(name) }
        let values = headerEdits.compactMap { edit -> String? in
            guard case .replace(let field) = edit, field.isNamed(name) else { return nil }
            return field.value
        }
        return values.last
    }

    /// Nothing but fields of this type's own: header, text and no more.
    public var isPlain: Bool {
        foreignText == nil && html == nil && attachments.isEmpty && headerEdits.isEmpty && raw == nil && probe == nil
            && withheld == nil && sources.isEmpty
    }

    /// What of the message came from files, in words for a journal, which does not keep it; `nil` for nothing.
    public var summaryOfFiles: String? { filesInWords.isEmpty ? nil : filesInWords.joined(separator: ", ") }

    /// The same, one by one.
    public var filesInWords: [String] {
        if let raw { return ["a raw message of \(raw.content.count) octets"] }
        var parts: [String] = []
        if let foreignText { parts.append("a text of \(foreignText.content.count) octets in \(foreignText.charset)") }
        if let html { parts.append("HTML of \(html.count) octets") }
        parts += attachments.map { "\($0.name) (\($0.type), \($0.content.count) octets)" }
        return parts
    }
}
