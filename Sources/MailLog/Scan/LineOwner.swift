/// Whose line it is, in four bytes: the kind of its identifier, the identifier's low 28 bits, and what the line does to it.
///
/// Identifiers that differ in higher bits, or that two hosts use, look alike: a search by owners may find too many lines,
/// never too few.
struct LineOwner: Hashable, Sendable {
    enum Kind: UInt32 { case none, connection, message, delivery }

    /// What a line means for a message that waits to be delivered, and for a delivery connection.
    enum Step: UInt32 {
        case other
        /// From this line on the message waits.
        case waits
        /// From this line on it does not.
        case leaves
        /// A delivery connection failed; of a line without an owner: it may be another format's.
        case odd
    }

    var rawValue: UInt32

    static let none = LineOwner(rawValue: 0)
    /// A line that another format may claim.
    static let foreign = LineOwner(.none, 0, .odd)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    @inline(__always)
    init(_ kind: Kind, _ id: UInt64, _ step: Step = .other) {
        rawValue = kind.rawValue << 30 | step.rawValue << 28 | UInt32(truncatingIfNeeded: id & 0xFFF_FFFF)
    }

    /// The identifier alone, equal for all of its lines.
    @inline(__always)
    var identity: UInt32 { rawValue & 0xCFFF_FFFF }

    @inline(__always)
    static func identity(_ rawValue: UInt32) -> UInt32 { rawValue & 0xCFFF_FFFF }

    @inline(__always)
    static func step(_ rawValue: UInt32) -> UInt32 { rawValue >> 28 & 3 }

    @inline(__always)
    static func kind(_ rawValue: UInt32) -> UInt32 { rawValue >> 30 }
}
