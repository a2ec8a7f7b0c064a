/// What stands before the program's name in lines of one host: ` mx1 postfix/`, and where it stands.
struct PostfixPrefix: Sendable {
    private var words: [UInt8] = []
    private var start = 0
    /// Where the name of the program begins; 0 when no line has been read.
    private(set) var end = 0
    /// The host's name as a number.
    private(set) var host: UInt64 = 0

    init() {}

    /// Nothing for a line whose program is not named behind a slash, or that has no host.
    init?(_ line: Span<UInt8>, _ frame: LineFrame, host: UInt64) {
        guard !frame.host.isEmpty, frame.host.lowerBound > 0,
            let slash = line.index(of: 0x2F, from: frame.tag.lowerBound),
            slash < frame.tag.upperBound
        else { return nil }
        (start, end, self.host) = (frame.host.lowerBound - 1, slash + 1, host)
        words = line.array(start..<end)
    }

    @inline(__always)
    func stands(in line: Span<UInt8>) -> Bool { end != 0 && line.equals(words.span, at: start) }
}
