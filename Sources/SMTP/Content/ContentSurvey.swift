/// What has to be known of a content before it goes out: whether a server lets it through, and how long it will be.
public struct ContentSurvey: Hashable, Sendable {
    public internal(set) var octets = 0
    /// Line feeds in it.
    public internal(set) var lines = 0
    /// How many lines end with LF alone or CR alone.
    public internal(set) var bareLineEnds = 0
    /// No octet has its eighth bit set.
    public internal(set) var isASCII = true
    /// It is UTF-8 throughout; only looked at in a text.
    public internal(set) var isUTF8 = true
    /// A dot stands alone between line ends that not every server reads the same way; by whether leading dots are doubled.
    public internal(set) var mayEndEarly = (stuffed: false, unstuffed: false)
    /// What it needs of a server to arrive as it is.
    public internal(set) var transparency = TransferEncoding.Transparency.sevenBit
    /// From its beginning to the first blank line, if that is near.
    public internal(set) var head: [UInt8] = []

    /// What quoted-printable would make of it, soft line breaks not counted.
    var quotedCost = 0
    /// What quoted-printable makes of it; only counted in a text.
    var quoted = (octets: 0, lines: 0)
    /// The highest number of a boundary of ours in it, 0 without one: `MIMEPart` takes a higher one.
    var boundaryNumber = 0

    init() {}

    /// The survey of what is here.
    public init(of bytes: [UInt8], isText: Bool = true) {
        var surveyor = ContentSurveyor(isText: isText)
        surveyor.take(bytes)
        self = surveyor.finished()
    }

    public static func == (left: Self, right: Self) -> Bool {
        (left.octets, left.lines, left.bareLineEnds, left.boundaryNumber)
            == (right.octets, right.lines, right.bareLineEnds, right.boundaryNumber)
            && (left.isASCII, left.isUTF8, left.transparency) == (right.isASCII, right.isUTF8, right.transparency)
            && left.mayEndEarly == right.mayEndEarly && left.quoted == right.quoted
            && left.quotedCost == right.quotedCost && left.head == right.head
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(octets)
        hasher.combine(lines)
        hasher.combine(head)
    }
}
