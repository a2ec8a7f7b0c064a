import MailVocabulary

/// Reads the parts of a bounce, RFC 2046 §5.1 and RFC 6522: its delivery status, the header of the message that came back, its text.
///
/// The message that came back is not gone into: what stands in it may be another bounce.
struct BounceReader {
    private let lines: [ArraySlice<UInt8>]
    private var place = 0
    /// With their hyphens.
    private var boundaries: [[UInt8]] = []
    private var status: [HeaderBlock] = []
    private var original: HeaderBlock?
    private var text: [ArraySlice<UInt8>] = []

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            $0.last == 0x0D ? $0.dropLast() : $0
        }
    }

    mutating func read() -> Bounce? {
        // The separator of a mailbox file, RFC 4155.
        if lines.first?.starts(with: Array("From ".utf8)) == true { place = 1 }
        while place < lines.count, lines[place].isEmpty { place += 1 }
        let beginning = place
        var fields = header()
        if fields["reporting-mta"] != nil || fields["final-recipient"] != nil {
            // The delivery status alone, as a mail program shows or saves it.
            place = beginning
            status = Self.blocks(lines[place...])
        } else {
            while true {
                take(fields)
                guard passDelimiter() else { break }
                fields = header()
            }
        }
        let bounce = Bounce(status: status, original: original, text: text)
        return bounce.recipients.isEmpty ? nil : bounce
    }

    /// The fields up to an empty line, which is passed over; up to the first line that is no field.
    private mutating func header() -> HeaderBlock {
        var fields = HeaderBlock()
        while place < lines.count, !isDelimiter(lines[place]) {
            if lines[place].isEmpty {
                place += 1
                break
            }
            guard fields.take(lines[place]) else { break }
            place += 1
        }
        return fields
    }

    private mutating func take(_ fields: HeaderBlock) {
        let body = content()
        switch fields.mediaType {
        case let type where type.hasPrefix("multipart/"):
            guard let boundary = fields.boundary else { break }
            boundaries.append(Array("--".utf8) + boundary)
            place -= body.count
        case "message/delivery-status", "message/global-delivery-status":
            status += Self.blocks(Self.decoded(body, fields["content-transfer-encoding"])[...])
        case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
            guard original == nil else { break }
            var inner = HeaderBlock()
            for line in body.drop(while: \.isEmpty) { guard !line.isEmpty, inner.take(line) else { break } }
            original = inner
        case "text/plain": text += body
        case _: break
        }
    }

    /// The lines up to the next delimiter.
    private mutating func content() -> ArraySlice<ArraySlice<UInt8>> {
        let begin = place
        while place < lines.count, !isDelimiter(lines[place]) { place += 1 }
        return lines[begin..<place]
    }

    /// Goes behind the next delimiter that begins a part; `false` when there is none.
    private mutating func passDelimiter() -> Bool {
        while place < lines.count {
            let ending = ending(of: lines[place])
            place += 1
            if ending?.isEmpty == true { return true }
        }
        return false
    }

    private func isDelimiter(_ line: ArraySlice<UInt8>) -> Bool { ending(of: line) != nil }

    /// What stands behind the boundary, nothing or the two hyphens of the last one; `nil` for a line that is no delimiter.
    private func ending(of line: ArraySlice<UInt8>) -> [UInt8]? {
        guard line.starts(with: Array("--".utf8)) else { return nil }
        for boundary in boundaries where line.starts(with: boundary) {
            let rest = line.dropFirst(boundary.count).filter { $0 != 0x20 && $0 != 0x09 }
            if rest.isEmpty || rest == Array("--".utf8) { return rest }
        }
        return nil
    }

    private static func blocks(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [HeaderBlock] {
        lines.split(whereSeparator: \.isEmpty).map { block in
            block.reduce(into: HeaderBlock()) { fields, line in _ = fields.take(line) }
        }
    }

    /// RFC 6533 allows the encodings of a text for a delivery status that is in UTF-8.
    private static func decoded(
        _ lines: ArraySlice<ArraySlice<UInt8>>, _ encoding: String?
    ) -> [ArraySlice<UInt8>] {
        guard encoding?.lowercased() == "base64", let bytes = Base64.decode(lines.joined()) else { return Array(lines) }
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            $0.last == 0x0D ? $0.dropLast() : $0
        }
    }
}
