/// Reads the parts of a bounce, RFC 2046 §5.1 and RFC 6522: its delivery status, the header of the message that came back, its text.
///
/// The message that came back is not gone into: what stands in it may be another bounce.
struct BounceReader {
    /// Parts in parts in parts: more of them no mail system makes, and every line is held against each boundary.
    private static let deepest = 16

    private let lines: [ArraySlice<UInt8>]
    private var place = 0
    /// With their hyphens.
    private var boundaries: [[UInt8]] = []
    private var status: [HeaderBlock] = []
    private var original: HeaderBlock?
    private var text: [ArraySlice<UInt8>] = []

    init(_ bytes: [UInt8]) {
        lines = PartEncoding.lines(of: bytes)
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
        let type = fields.mediaType
        guard !type.hasPrefix("multipart/") else {
            if let boundary = fields.boundary, boundaries.count < Self.deepest {
                boundaries.append(Array("--".utf8) + boundary)
            }
            return
        }
        let body = PartEncoding.decoded(content(), fields["content-transfer-encoding"])
        switch type {
        case "message/delivery-status", "message/global-delivery-status": status += Self.blocks(body)
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
            let found = delimiter(lines[place])
            place += 1
            guard let found else { continue }
            // The parts within have come to their end, and behind its last delimiter so has this one.
            boundaries.removeLast(boundaries.count - found.depth - (found.isLast ? 0 : 1))
            if !found.isLast { return true }
        }
        return false
    }

    private func isDelimiter(_ line: ArraySlice<UInt8>) -> Bool { delimiter(line) != nil }

    /// Of which of the boundaries the line is, and whether with the hyphens of the last one; `nil` for a line that is no delimiter.
    private func delimiter(_ line: ArraySlice<UInt8>) -> (depth: Int, isLast: Bool)? {
        guard line.starts(with: Array("--".utf8)) else { return nil }
        for (depth, boundary) in boundaries.enumerated() where line.starts(with: boundary) {
            let rest = line.dropFirst(boundary.count).filter { $0 != 0x20 && $0 != 0x09 }
            if rest.isEmpty { return (depth, false) }
            if rest == Array("--".utf8) { return (depth, true) }
        }
        return nil
    }

    private static func blocks(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [HeaderBlock] {
        lines.split(whereSeparator: \.isEmpty).map { block in
            block.reduce(into: HeaderBlock()) { fields, line in _ = fields.take(line) }
        }
    }
}
