/// A part of a message, RFC 2045 §2.4: its own header fields and, behind them, encoded content or parts of its own.
struct MIMEPart {
    var fields: [HeaderField]
    var content: [UInt8]
    /// What the content needs of the servers on its way.
    var transparency: TransferEncoding.Transparency

    /// A text in canonical form. Plain ASCII needs no field at all.
    static func text(
        _ content: [UInt8], subtype: String, charset: String?, encoding chosen: TransferEncoding?,
        _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> MIMEPart {
        let isASCII = content.allSatisfy { $0 < 0x80 }
        let encoding = chosen ?? .suited(to: content, isText: true, transparency)
        let type = "text/\(subtype); charset=\(charset ?? (isASCII ? "us-ascii" : "utf-8"))"
        return try MIMEPart(type: type, content, encoding)
    }

    static func attachment(
        _ file: Attachment, _ transparency: TransferEncoding.Transparency
    ) throws(CommandFault) -> MIMEPart {
        let isMessage = file.type.lowercased().hasPrefix("message/")
        let content = isMessage ? DotStuffing.canonical(file.bytes) : file.bytes
        let encoding = TransferEncoding.suited(to: content, isText: isMessage, transparency)
        // RFC 2046 §5.2.1: a message inside a message is not encoded.
        guard !isMessage || encoding == .sevenBit || encoding == .eightBit else {
            throw CommandFault(
                "\(file.name) may not be encoded as it is a message (RFC 2046 §5.2.1), and it has 8-bit octets or long "
                    + "lines that this way does not carry; ;type=application/octet-stream does")
        }
        var part = try MIMEPart(type: file.type + MIMEParameter.text("name", file.name), content, encoding)
        let disposition = file.contentID == nil ? "attachment" : "inline"
        part.fields.append(
            HeaderField("Content-Disposition", disposition + MIMEParameter.text("filename", file.name)))
        if let id = file.contentID { part.fields.append(HeaderField("Content-ID", "<\(id)>")) }
        return part
    }

    private init(type: String, _ content: [UInt8], _ encoding: TransferEncoding) throws(CommandFault) {
        fields = [
            HeaderField("Content-Type", type), HeaderField("Content-Transfer-Encoding", encoding.rawValue),
        ]
        self.content = encoding.encode(content)
        let needed = TransferEncoding.Transparency.needed(by: self.content)
        switch encoding {
        case .sevenBit where needed > .sevenBit:
            throw CommandFault("the text has 8-bit octets, NUL or lines of more than 998 octets, and is not 7bit")
        case .eightBit where needed > .eightBit:
            throw CommandFault("the text has NUL or lines of more than 998 octets, and is not 8bit")
        case .sevenBit, .eightBit, .quotedPrintable, .base64: transparency = needed
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
        var bodies: [[UInt8]] = []
        for part in parts {
            var body: [UInt8] = []
            for field in part.fields { body += try HeaderText.wire(field) }
            bodies.append(body + [0x0D, 0x0A] + part.content)
        }
        let boundary = Self.boundary(kind, absentFrom: bodies)
        let delimiter = Array("--\(boundary)".utf8)
        content = []
        for body in bodies {
            // The CRLF before a delimiter belongs to the delimiter: the part keeps its own last line end.
            content += delimiter + [0x0D, 0x0A] + body + [0x0D, 0x0A]
        }
        content += delimiter + Array("--\r\n".utf8)
        fields = [HeaderField("Content-Type", "multipart/\(kind); boundary=\"\(boundary)\"")]
        transparency = parts.map(\.transparency).max() ?? .sevenBit
        // RFC 2045 §6.4: a multipart names 8bit or binary when something inside needs it, and is never encoded itself.
        if transparency > .sevenBit {
            let encoding = transparency == .eightBit ? TransferEncoding.eightBit : .binary
            fields.append(HeaderField("Content-Transfer-Encoding", encoding.rawValue))
        }
    }

    /// `=_` stands in no quoted-printable and no base64 text, RFC 2045 §6.7; a counter makes it absent from all others.
    private static func boundary(_ kind: String, absentFrom bodies: [[UInt8]]) -> String {
        var number = 1
        while true {
            let boundary = "=_porthole_\(kind)_\(number)"
            let bytes = Array(boundary.utf8)
            if !bodies.contains(where: { $0.holds(bytes) }) { return boundary }
            number += 1
        }
    }
}

extension [UInt8] {
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
