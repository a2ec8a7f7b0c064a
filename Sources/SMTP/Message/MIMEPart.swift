/// A part of a message, RFC 2045 §2.4: its own header fields and, behind them, encoded content or parts of its own.
struct MIMEPart {
    var fields: [HeaderField]
    /// Encoded; the header fields and the blank line are not among them.
    var pieces: [MessagePiece]
    /// The highest number of a boundary of ours in what the part was made of.
    private var boundaryNumber: Int
    /// What the content needs of the servers on its way.
    var transparency: TransferEncoding.Transparency

    /// A text in canonical form. Plain ASCII needs no field at all.
    static func text(
        _ content: Content, subtype: String, charset: String?, encoding chosen: TransferEncoding?,
        _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> MIMEPart {
        let survey = content.survey(isText: true)
        let encoding = chosen ?? .suited(to: survey, isText: true, transparency)
        let type = "text/\(subtype); charset=\(charset ?? (survey.isASCII ? "us-ascii" : "utf-8"))"
        return try MIMEPart(type: type, content, survey, encoding)
    }

    static func attachment(
        _ file: Attachment, _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> MIMEPart {
        let isMessage = Attachment.isMessage(type: file.type)
        let content = isMessage ? file.content.canonical : file.content
        let survey = content.survey(isText: false)
        let encoding = TransferEncoding.suited(to: survey, isText: isMessage, transparency)
        // RFC 2046 §5.2.1: a message inside a message is not encoded.
        guard !isMessage || encoding == .sevenBit || encoding == .eightBit else {
            throw CommandFault(
                "\(file.name) may not be encoded as it is a message (RFC 2046 §5.2.1), and it has 8-bit octets or long "
                    + "lines that this way does not carry; ;type=application/octet-stream does")
        }
        var part = try MIMEPart(type: file.type + MIMEParameter.text("name", file.name), content, survey, encoding)
        let disposition = file.contentID == nil ? "attachment" : "inline"
        part.fields.append(
            HeaderField("Content-Disposition", disposition + MIMEParameter.text("filename", file.name)))
        if let id = file.contentID { part.fields.append(HeaderField("Content-ID", "<\(id)>")) }
        return part
    }

    private init(
        type: String, _ content: Content, _ survey: ContentSurvey, _ encoding: TransferEncoding
    ) throws(CommandFault) {
        fields = [
            HeaderField("Content-Type", type), HeaderField("Content-Transfer-Encoding", encoding.rawValue),
        ]
        pieces = [MessagePiece(content, encoding)]
        boundaryNumber = survey.boundaryNumber
        let needed = survey.transparency
        switch encoding {
        case .sevenBit where needed > .sevenBit:
            throw CommandFault("the text has 8-bit octets, NUL or lines of more than 998 octets, and is not 7bit")
        case .eightBit where needed > .eightBit:
            throw CommandFault("the text has NUL or lines of more than 998 octets, and is not 8bit")
        case .sevenBit, .eightBit: transparency = needed
        case .quotedPrintable, .base64: transparency = .sevenBit
        case .binary: transparency = .binary
        }
    }

    /// ASCII in lines that fit: a message of RFC 5322 without a field of MIME.
    var isBareText: Bool {
        fields.count == 2 && fields[0].value == "text/plain; charset=us-ascii" && fields[1].value == "7bit"
    }

    /// Several parts as one, RFC 2046 §5.1.
    ///
    /// - Parameter kind: `mixed`, `alternative` or `related`.
    init(_ kind: String, of parts: [MIMEPart]) throws(CommandFault) {
        var heads: [[UInt8]] = []
        for part in parts {
            var head: [UInt8] = []
            for field in part.fields { head += try HeaderText.wire(field) }
            heads.append(head + [0x0D, 0x0A])
        }
        let names = heads.map { ContentSurvey(of: $0, isText: false).boundaryNumber }
        boundaryNumber = (parts.map(\.boundaryNumber) + names).max() ?? 0
        // `=_` stands in no quoted-printable and no base64 text, RFC 2045 §6.7; the number makes it absent from all others.
        let boundary = "\(BoundaryWatch.mark)\(kind)_\(boundaryNumber + 1)"
        let delimiter = Array("--\(boundary)".utf8)
        pieces = []
        for (part, head) in zip(parts, heads) {
            pieces.append(octets: delimiter + [0x0D, 0x0A] + head)
            pieces.join(part.pieces)
            // The CRLF before a delimiter belongs to the delimiter: the part keeps its own last line end.
            pieces.append(octets: [0x0D, 0x0A])
        }
        pieces.append(octets: delimiter + Array("--\r\n".utf8))
        fields = [HeaderField("Content-Type", "multipart/\(kind); boundary=\"\(boundary)\"")]
        transparency = parts.map(\.transparency).max() ?? .sevenBit
        // RFC 2045 §6.4: a multipart names 8bit or binary when something inside needs it, and is never encoded itself.
        if transparency > .sevenBit {
            let encoding = transparency == .eightBit ? TransferEncoding.eightBit : .binary
            fields.append(HeaderField("Content-Transfer-Encoding", encoding.rawValue))
        }
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// True when `pattern` stands somewhere in the bytes.
    func holds(_ pattern: [UInt8]) -> Bool { firstPlace(of: pattern) != nil }

    /// Where `pattern` begins for the first time.
    func firstPlace(of pattern: [UInt8]) -> Int? {
        guard let head = pattern.first, count >= pattern.count else { return nil }
        var start = startIndex
        while start <= endIndex - pattern.count {
            guard let place = self[start...(endIndex - pattern.count)].firstIndex(of: head) else { return nil }
            if self[place...].starts(with: pattern) { return place }
            start = place + 1
        }
        return nil
    }

    func ends(with pattern: [UInt8]) -> Bool { suffix(pattern.count).elementsEqual(pattern) }
}
