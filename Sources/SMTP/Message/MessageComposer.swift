/// Writes the test message, RFC 5322: header fields from the plan, a blank line, the body and what is attached.
public enum MessageComposer {
    /// The message as it will be sent.
    ///
    /// - Parameters:
    ///   - number: Which of a plan's messages; those after the first have a Message-ID of their own.
    ///   - transparency: What the server lets through. Text that needs more is encoded.
    /// - Throws: `CommandFault` when a field holds CR, LF or NUL and would become another field, or a line is too long.
    public static func compose(
        _ plan: SessionPlan, number: Int = 1, for transparency: TransferEncoding.Transparency = .sevenBit
    ) throws(CommandFault) -> ComposedMessage {
        try plan.check()
        if let withheld = plan.message.withheld {
            throw CommandFault("the message is not kept with its session: it was made of \(withheld)")
        }
        if let probe = plan.message.probe { return try probe.compose(plan, number: number) }
        if let raw = plan.message.raw {
            return ComposedMessage(
                [MessagePiece(raw.content, .binary)], raw.survey.transparency, isStuffed: raw.isStuffed,
                mayEndEarly: raw.mayEndEarly)
        }
        // A server that is told 7BIT gets 7 bits.
        let transparency = plan.mail.body == .sevenBit ? .sevenBit : transparency
        let content = try content(of: plan, number: number, transparency)
        var fields = fields(of: plan, number: number)
        if !content.isBareText {
            fields.append(HeaderField("MIME-Version", "1.0"))
            fields += content.fields
        }
        for edit in plan.message.headerEdits { fields.apply(try filled(edit, plan, number)) }
        var bytes: [UInt8] = []
        for field in fields { bytes += try HeaderText.wire(field) }
        let isInternational = bytes.contains { $0 >= 0x80 }
        let header = TransferEncoding.Transparency.needed(by: bytes)
        var pieces = [MessagePiece.octets(bytes + [0x0D, 0x0A])]
        pieces.join(content.pieces)
        return ComposedMessage(pieces, max(header, content.transparency), isInternational: isInternational)
    }

    private static func fields(of plan: SessionPlan, number: Int) -> [HeaderField] {
        let message = plan.message
        let from = plan.reversePath.isEmpty ? "postmaster@\(plan.helloName)" : plan.reversePath
        let id = messageID(of: plan, number)
        let subject = message.fillsTokens ? fill(message.subject, plan, number) : message.subject
        let fields = [
            ("Date", message.date),
            ("From", "<\(from)>"),
            ("To", plan.recipients.map { "<\($0.forwardPath)>" }.joined(separator: ", ")),
            ("Subject", subject),
            ("Message-ID", id.isEmpty ? "" : "<\(id)>"),
            ("X-Porthole", "test message"),
        ]
        return fields.filter { !$0.1.isEmpty }.map { HeaderField($0.0, $0.1) }
    }

    static func messageID(of plan: SessionPlan, _ number: Int) -> String {
        let id = plan.message.messageID
        return number == 1 || id.isEmpty ? id : "\(number).\(id)"
    }

    private static func content(
        of plan: SessionPlan, number: Int, _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> MIMEPart {
        let message = plan.message
        let body = message.fillsTokens ? fill(message.body, plan, number) : message.body
        let text = message.foreignText?.content ?? .octets(Array(body.utf8))
        var whole = try MIMEPart.text(
            text.canonical, subtype: "plain", charset: message.foreignText?.charset, encoding: message.encoding,
            transparency)
        if let html = message.html {
            var page = try MIMEPart.text(
                .octets(DotStuffing.canonical(html)), subtype: "html", charset: nil, encoding: nil, transparency)
            let inline = try files(message.attachments.filter { $0.contentID != nil }, transparency)
            if !inline.isEmpty { page = try MIMEPart("related", of: [page] + inline) }
            whole = try MIMEPart("alternative", of: [whole, page])
        }
        let others = message.attachments.filter { $0.contentID == nil || message.html == nil }
        return others.isEmpty ? whole : try MIMEPart("mixed", of: [whole] + files(others, transparency))
    }

    private static func files(
        _ attachments: [Attachment], _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> [MIMEPart] {
        var parts: [MIMEPart] = []
        for attachment in attachments { parts.append(try MIMEPart.attachment(attachment, transparency)) }
        return parts
    }

    private static func filled(_ edit: HeaderEdit, _ plan: SessionPlan, _ number: Int) throws(CommandFault)
        -> HeaderEdit
    {
        guard plan.message.fillsTokens else { return edit }
        func filled(_ field: HeaderField) throws(CommandFault) -> HeaderField {
            try HeaderField(parsing: "\(field.name): \(fill(field.value, plan, number))")
        }
        return switch edit {
        case .add(let field): .add(try filled(field))
        case .replace(let field): .replace(try filled(field))
        case .remove: edit
        }
    }

    private static func fill(_ text: String, _ plan: SessionPlan, _ number: Int) -> String {
        MessageTokens.fill(text, plan, messageID: messageID(of: plan, number), number: number)
    }
}
