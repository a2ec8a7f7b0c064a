/// Doubles the dot at the beginning of a line and ends the message, RFC 5321 §4.5.2, piece by piece.
///
/// A line begins after CRLF, RFC 5321 §2.3.8: what follows a bare CR or LF is inside its line.
struct DotStuffer: Hashable, Sendable {
    /// False leaves the dots alone; a line that is one dot then ends the message there.
    let isStuffed: Bool

    private var isBegun = false
    private var last: UInt8 = 0
    private var lastButOne: UInt8 = 0

    init(isStuffed: Bool) { self.isStuffed = isStuffed }

    mutating func write(_ bytes: [UInt8], to wire: inout [UInt8]) {
        guard let first = bytes.first else { return }
        wire.reserveCapacity(wire.count + bytes.count + 64)
        if isStuffed {
            if first == Self.dot, beginsLine { wire.append(Self.dot) }
            var rest = bytes[...]
            while let place = rest.dropFirst().firstIndex(of: Self.dot) {
                wire += rest[..<place]
                let before = place > 1 ? bytes[place - 2] : last
                if bytes[place - 1] == 0x0A, before == 0x0D { wire.append(Self.dot) }
                rest = rest[place...]
            }
            wire += rest
        } else {
            wire += bytes
        }
        lastButOne = bytes.count > 1 ? bytes[bytes.count - 2] : last
        last = bytes[bytes.count - 1]
        isBegun = true
    }

    /// The CRLF that the last line lacks, and the line that is one dot.
    func finish(_ wire: inout [UInt8]) {
        if !beginsLine { wire += [0x0D, 0x0A] }
        wire += [Self.dot, 0x0D, 0x0A]
    }

    private var beginsLine: Bool { !isBegun || last == 0x0A && lastButOne == 0x0D }

    private static let dot = UInt8(ascii: ".")
}
