/// Why something cannot be sent as one line. The sentence is for the operator.
public struct CommandFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }

    /// Throws when `text` holds what would end the line or be dropped on the way.
    static func check(_ text: String, _ name: String) throws(CommandFault) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r": throw CommandFault("\(name) holds a carriage return, and would become more than one line")
            case "\n": throw CommandFault("\(name) holds a line feed, and would become more than one line")
            case "\0": throw CommandFault("\(name) holds a NUL, which SMTP does not allow")
            default: break
            }
        }
    }
}
