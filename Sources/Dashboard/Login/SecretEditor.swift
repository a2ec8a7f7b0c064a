import Canvas
import SMTP

/// A password or token while it is being typed. It has no text: it prints as a mark, and its length is not shown.
public struct SecretEditor: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// No password is longer.
    static let limit = 64 << 10

    private var bytes: [UInt8] = []

    public init() {}

    public var isEmpty: Bool { bytes.isEmpty }
    public var description: String { Redaction.mark }
    public var debugDescription: String { Redaction.mark }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// What was typed.
    var secret: Secret { Secret(bytes) }

    /// Takes in a key. There is nothing to move about in: what cannot be seen is typed again.
    mutating func take(_ key: Key) {
        switch key {
        case .character(let scalar): append(Array(String(Character(scalar)).utf8))
        case .paste(let text):
            // A password that was copied with the end of its line.
            var bytes = Array(text.utf8)
            while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
            append(bytes)
        case .backspace, .control("h"):
            while let last = bytes.popLast(), last & 0xC0 == 0x80 {}  // a whole character
        case .control("u"): bytes = []
        case _: break
        }
    }

    private mutating func append(_ more: [UInt8]) {
        guard bytes.count + more.count <= Self.limit else { return }
        bytes += more
    }
}
