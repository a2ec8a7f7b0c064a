/// A message that is ready to be sent.
public struct ComposedMessage: Hashable, Sendable {
    /// From the first header field to the last line, as it is: what BDAT carries (RFC 3030) and SIZE counts (RFC 1870 §5).
    public let bytes: [UInt8]
    /// What it needs of the server to arrive unharmed.
    public let transparency: TransferEncoding.Transparency
    /// Header fields carry UTF-8: it needs SMTPUTF8, RFC 6531 §3.4.
    public let isInternational: Bool
    /// A line that begins with a dot gets another when it goes out after DATA.
    public let isStuffed: Bool
    /// A server may end it before its end: whoever sends it has to count the replies.
    public let mayEndEarly: Bool
    /// The false end and the commands behind it, of a probe: no dot in it is doubled.
    private let ending: [UInt8]?

    init(
        _ bytes: [UInt8], isInternational: Bool = false, isStuffed: Bool = true, mayEndEarly: Bool = false,
        ending: [UInt8]? = nil
    ) {
        (self.bytes, self.isInternational) = (bytes, isInternational)
        (self.isStuffed, self.mayEndEarly, self.ending) = (isStuffed, mayEndEarly, ending)
        transparency = .needed(by: bytes)
    }

    /// What goes out after the 354, the final dot included, RFC 5321 §4.1.1.4.
    public var wire: [UInt8] { ending ?? DotStuffing.wire(ofMessage: bytes, isStuffed: isStuffed) }

    /// Line feeds in it.
    public var lines: Int { bytes.count { $0 == 0x0A } }
}
