/// Turns the bytes of a terminal into keys.
///
/// Keys come as UTF-8 and as escape sequences (ECMA-48, xterm's control sequences), in pieces of any size: the decoder
/// takes one byte after the other and keeps what is unfinished, so the pieces make no difference. What it does not know
/// it swallows whole, and so it does with the terminal's answers to questions (OSC, DCS): nothing that a terminal says
/// of itself can arrive as if it were typed. Only time tells a lone ESC from the start of a sequence: see `deadline`.
public struct KeyDecoder: Sendable {
    /// How long a started sequence may wait for its rest: 50 ms, 100 ms under ssh (interface b7).
    public let escapeDelay: Duration
    /// When `tick` is due, on the clock of `now`; `nil` when nothing is unfinished.
    public private(set) var deadline: Duration?
    private var state = State.ground
    /// The paste so far: beside the state, so that a byte more never copies it.
    private var pasted: [UInt8] = []

    /// More of one paste, in bytes, is thrown away.
    public static let mostPasted = 1 << 20
    /// No control sequence has more parameter bytes; what goes on longer is swallowed without being kept.
    static let mostParameters = 64
    /// A paste whose end does not come is given up after this much silence, so that the keyboard is not dead for ever.
    static let pasteSilence = Duration.seconds(30)

    private enum State {
        case ground
        /// The beginning of a UTF-8 scalar.
        case scalar([UInt8])
        /// ESC.
        case escape
        /// ESC [ and parameters.
        case sequence([UInt8])
        /// ESC [ [ of the Linux console, whose next byte is a function key.
        case linuxFunction
        /// ESC O.
        case singleShift
        /// ESC ] (OSC), P (DCS), X (SOS), ^ (PM), _ (APC): until BEL or ESC \.
        case string(sawEscape: Bool)
        /// The three bytes after ESC [ M of a mouse that was never asked for.
        case skipping(Int)
        /// Bracketed paste, and how many bytes of its end have been seen.
        case paste(matched: Int)
    }

    /// A decoder that waits so long for the rest of a sequence.
    public init(escapeDelay: Duration = .milliseconds(50)) { self.escapeDelay = escapeDelay }

    /// Takes what was read at a time; returns the keys that it completes.
    public mutating func feed(_ bytes: some Sequence<UInt8>, now: Duration) -> [Key] {
        var keys: [Key] = []
        var rest = Array(bytes)[...]
        while let byte = rest.first {
            if case .paste(matched: 0) = state, byte != Self.escape {
                // Byte by byte, a paste of megabytes would hold up the screen.
                let end = rest.firstIndex(of: Self.escape) ?? rest.endIndex
                pasted += rest[..<end].prefix(max(0, Self.mostPasted - pasted.count))
                rest = rest[end...]
            } else {
                take(byte, into: &keys)
                rest = rest.dropFirst()
            }
        }
        deadline = patience.map { now + $0 }
        return keys
    }

    /// Stops waiting when the deadline has passed: ESC was a key, half a sequence was nothing.
    public mutating func tick(now: Duration) -> [Key] {
        guard let deadline, now >= deadline else { return [] }
        self.deadline = nil
        defer { state = .ground }
        switch state {
        case .escape: return [.escape]
        case .singleShift: return [.alt("O")]
        case .sequence([]): return [.alt("[")]
        case .paste: return [takePasted()]
        case .ground, .scalar, .sequence, .linuxFunction, .string, .skipping: return []
        }
    }

    /// How long the present state may last.
    private var patience: Duration? {
        switch state {
        case .ground, .scalar: nil
        case .escape, .sequence, .linuxFunction, .singleShift, .skipping: escapeDelay
        // An answer is longer than a key, and a cut one would leak its rest as keys.
        case .string: escapeDelay * 4
        case .paste: Self.pasteSilence
        }
    }

    private mutating func take(_ byte: UInt8, into keys: inout [Key]) {
        switch state {
        case .ground: takePlain(byte, into: &keys)
        case .scalar(let begun): takeScalar(begun + [byte], into: &keys)
        case .escape: takeAfterEscape(byte, into: &keys)
        case .sequence(let parameters): takeSequence(byte, parameters, into: &keys)
        case .linuxFunction:
            state = .ground
            if (0x41...0x45).contains(byte) { keys.append(.function(Int(byte) - 0x40)) }
        case .singleShift:
            state = .ground
            if byte == Self.escape {
                state = .escape
            } else if let key = Self.key(singleShift: byte) {
                keys.append(key)
            }
        case .string(let sawEscape): takeString(byte, sawEscape: sawEscape, into: &keys)
        case .skipping(let left): state = left > 1 ? .skipping(left - 1) : .ground
        case .paste(let matched): takePaste(byte, matched: matched, into: &keys)
        }
    }

    private mutating func takePlain(_ byte: UInt8, into keys: inout [Key]) {
        switch byte {
        case Self.escape: state = .escape
        case 0x0D: keys.append(.enter)
        case 0x09: keys.append(.tab)
        case 0x08, 0x7F: keys.append(.backspace)
        case 0x00: keys.append(.control("@"))
        case 0x01...0x1A: keys.append(.control(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: keys.append(.control(Unicode.Scalar(byte + 0x40)))
        case 0x20...0x7E: keys.append(.character(Unicode.Scalar(byte)))
        case _: takeScalar([byte], into: &keys)
        }
    }

    private mutating func takeScalar(_ begun: [UInt8], into keys: inout [Key]) {
        state = .ground
        switch UTF8Decoding(begun, at: 0) {
        case .incomplete: state = .scalar(begun)
        // C1 controls are no key on any keyboard.
        case .scalar(let scalar, _) where scalar.value < 0xA0: break
        case .scalar(let scalar, _): keys.append(.character(scalar))
        case .invalid:
            // The bytes before were the start of nothing; the last one may still begin something.
            if begun.count > 1, let last = begun.last { takePlain(last, into: &keys) }
        }
    }

    private mutating func takeAfterEscape(_ byte: UInt8, into keys: inout [Key]) {
        state = .ground
        switch byte {
        case UInt8(ascii: "["): state = .sequence([])
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            state = .string(sawEscape: false)
        case 0x20...0x7F: keys.append(.alt(Unicode.Scalar(byte)))
        case _:
            keys.append(.escape)
            takePlain(byte, into: &keys)
        }
    }

    private mutating func takeSequence(_ byte: UInt8, _ parameters: [UInt8], into keys: inout [Key]) {
        switch byte {
        case 0x20...0x3F:
            state = .sequence(parameters.count < Self.mostParameters ? parameters + [byte] : parameters)
        case UInt8(ascii: "[") where parameters.isEmpty: state = .linuxFunction
        case UInt8(ascii: "M") where parameters.isEmpty: state = .skipping(3)
        case UInt8(ascii: "~") where parameters == Array("200".utf8): state = .paste(matched: 0)
        case 0x40...0x7E:
            state = .ground
            if let key = Self.key(sequence: parameters, final: byte) { keys.append(key) }
        case _:
            // Not a sequence after all; the byte itself may be a key.
            state = .ground
            takePlain(byte, into: &keys)
        }
    }

    private mutating func takeString(_ byte: UInt8, sawEscape: Bool, into keys: inout [Key]) {
        switch (byte, sawEscape) {
        case (UInt8(ascii: "\\"), true), (0x07, _), (0x18, _): state = .ground
        case (Self.escape, _): state = .string(sawEscape: true)
        case (_, true):
            // ESC ended the string without its backslash: a sequence of its own begins here.
            takeAfterEscape(byte, into: &keys)
        case (_, false): state = .string(sawEscape: false)
        }
    }

    private mutating func takePaste(_ byte: UInt8, matched: Int, into keys: inout [Key]) {
        guard byte != Self.pasteEnd[matched] else {
            if matched + 1 == Self.pasteEnd.count {
                state = .ground
                keys.append(takePasted())
            } else {
                state = .paste(matched: matched + 1)
            }
            return
        }
        // The end begins with ESC and has no second one, so a mismatch can only begin it anew.
        let isEscape = byte == Self.escape
        if pasted.count < Self.mostPasted {
            pasted += Self.pasteEnd.prefix(matched)
            if !isEscape { pasted.append(byte) }
        }
        state = .paste(matched: isEscape ? 1 : 0)
    }

    /// Terminals send line ends as CR; a paste has LF, and bad UTF-8 is repaired.
    private mutating func takePasted() -> Key {
        defer { pasted = [] }
        var text: [UInt8] = []
        text.reserveCapacity(pasted.count)
        for (index, byte) in pasted.enumerated() {
            if byte == 0x0A, index > 0, pasted[index - 1] == 0x0D { continue }
            text.append(byte == 0x0D ? 0x0A : byte)
        }
        return .paste(String(decoding: text, as: UTF8.self))
    }

    static let escape: UInt8 = 0x1B
    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
}
