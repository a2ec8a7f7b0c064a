/// Surveys a content piece by piece: give the pieces in order, then ask what was found.
public struct ContentSurveyor: Sendable {
    /// More of a header is not kept.
    private static let longestHead = 256 << 10

    private let isText: Bool
    private var lineEnds: LineEnds?
    private var survey = ContentSurvey()
    private var quoted = QuotedPrintable()
    private var dots = DotWatch()
    private var boundaries = BoundaryWatch()
    private var characters = UTF8Watch()
    private var previous: UInt8 = 0
    private var length = 0
    private var isBinary = false
    private var isHeadDone = false

    /// - Parameters:
    ///   - isText: It may be sent in quoted-printable, and has to be UTF-8 if nobody names its charset.
    ///   - makesCRLF: What is surveyed is what CRLF at the end of every line makes of it.
    public init(isText: Bool, makesCRLF: Bool = false) {
        self.isText = isText
        lineEnds = makesCRLF ? LineEnds() : nil
    }

    public mutating func take(_ bytes: [UInt8]) {
        guard lineEnds != nil else { return look(at: bytes) }
        var text: [UInt8] = []
        lineEnds?.write(bytes, to: &text)
        look(at: text)
    }

    /// What was found in all of it.
    public consuming func finished() -> ContentSurvey {
        if var last = lineEnds {
            var text: [UInt8] = []
            last.finish(&text)
            look(at: text)
        }
        if previous == 0x0D {
            survey.bareLineEnds += 1
            isBinary = true
        }
        if isText { count { $0.finish(&$1) } }
        dots.finish()
        survey.mayEndEarly = (dots.endsStuffed, dots.endsUnstuffed)
        survey.boundaryNumber = boundaries.highest
        survey.isUTF8 = isText && characters.isWhole
        survey.transparency = isBinary ? .binary : survey.isASCII ? .sevenBit : .eightBit
        return survey
    }

    private mutating func look(at bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        lookAtOctets(bytes)
        dots.write(bytes)
        boundaries.write(bytes)
        if isText {
            characters.write(bytes)
            count { $0.write(bytes, to: &$1) }
        }
        keepHead(bytes)
    }

    /// Lines of at most 998 octets ended by CRLF, no NUL, 7 bits or 8: RFC 5321 §4.5.3.1.6, RFC 6152 §3.
    private mutating func lookAtOctets(_ bytes: [UInt8]) {
        var (previous, length, isBinary, isForeign, cost) = (previous, length, isBinary, false, 0)
        var (lines, bare) = (0, 0)
        for byte in bytes {
            if byte == 0x0A {
                lines += 1
                if previous != 0x0D { bare += 1 }
                length = 0
            } else {
                if previous == 0x0D { bare += 1 }
                if byte == 0 { isBinary = true }
                if byte != 0x0D { length += 1 }
                if length > HeaderText.longestLine { isBinary = true }
            }
            if byte >= 0x80 { isForeign = true }
            let isPlain = byte >= 0x20 && byte <= 0x7E && byte != 0x3D || byte == 0x0D || byte == 0x0A
            cost += isPlain ? 1 : 3
            previous = byte
        }
        if bare > 0 { isBinary = true }
        if isForeign { survey.isASCII = false }
        survey.octets += bytes.count
        survey.lines += lines
        survey.bareLineEnds += bare
        survey.quotedCost += cost
        (self.previous, self.length, self.isBinary) = (previous, length, isBinary)
    }

    private mutating func count(_ write: (inout QuotedPrintable, inout [UInt8]) -> Void) {
        var text: [UInt8] = []
        write(&quoted, &text)
        survey.quoted.octets += text.count
        survey.quoted.lines += text.count { $0 == 0x0A }
    }

    private mutating func keepHead(_ bytes: [UInt8]) {
        guard !isHeadDone else { return }
        let start = max(0, survey.head.count - 3)
        survey.head += bytes.prefix(Self.longestHead - survey.head.count)
        var place = start
        while !isHeadDone, let end = survey.head[place...].firstIndex(of: 0x0A) {
            let next = survey.head[(end + 1)...].prefix(2)
            if next.first == 0x0A || next.elementsEqual([0x0D, 0x0A]) {
                survey.head.removeLast(survey.head.count - end - 1)
                isHeadDone = true
            }
            place = end + 1
        }
        if survey.head.count >= Self.longestHead { isHeadDone = true }
    }
}
