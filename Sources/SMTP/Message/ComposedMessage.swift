/// A message that is ready to be sent.
public struct ComposedMessage: Hashable, Sendable {
    /// From the first header field to the last line: what BDAT carries (RFC 3030).
    let pieces: [MessagePiece]
    /// How many octets that are: what SIZE says (RFC 1870 §5).
    public let octets: Int
    /// Line feeds in it.
    public let lines: Int
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
        self.init(
            [.octets(bytes)], .needed(by: bytes), isInternational: isInternational, isStuffed: isStuffed,
            mayEndEarly: mayEndEarly, ending: ending)
    }

    init(
        _ pieces: [MessagePiece], _ transparency: TransferEncoding.Transparency, isInternational: Bool = false,
        isStuffed: Bool = true, mayEndEarly: Bool = false, ending: [UInt8]? = nil
    ) {
        (self.pieces, self.transparency, self.isInternational) = (pieces, transparency, isInternational)
        (self.isStuffed, self.mayEndEarly, self.ending) = (isStuffed, mayEndEarly, ending)
        (octets, lines) = pieces.reduce((0, 0)) { ($0.0 + $1.size.octets, $0.1 + $1.size.lines) }
    }

    /// All of it is here, and nothing has to be read while it goes out.
    public var isHeld: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .octets: true
            case .file: false
            }
        }
    }

    /// What of it is here: all of it when it `isHeld`.
    public var bytes: [UInt8] {
        pieces.flatMap { piece -> [UInt8] in
            switch piece {
            case .octets(let bytes): return bytes
            case .file: return []
            }
        }
    }

    /// What goes out after the 354, the final dot included, RFC 5321 §4.1.1.4; of a message that `isHeld`.
    public var wire: [UInt8] { ending ?? DotStuffing.wire(ofMessage: bytes, isStuffed: isStuffed) }
}
