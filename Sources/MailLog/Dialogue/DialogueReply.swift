/// What a server's refusals mean for the session, by the command that they answer and by their words.
enum DialogueReply {
    static func ofSender(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return isTooBig(line, data) ? .tooBig : .senderRejected
    }

    static func ofRecipient(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        let isUnknown = ["5.1.1", "RecipientNotFound", "User unknown"].contains {
            DialogueText.holds(line, data, $0)
        }
        return isUnknown ? .userUnknown : .recipientRejected
    }

    static func ofMessage(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return isTooBig(line, data) ? .tooBig : .refused
    }

    static func ofConnection(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return DialogueText.holds(line, data, "timed out") || DialogueText.holds(line, data, "4.4.1") ? .idle : .refused
    }

    private static func isTooBig(_ line: Span<UInt8>, _ data: Range<Int>) -> Bool {
        DialogueText.holds(line, data, "5.3.4") || DialogueText.holds(line, data, "size exceeds")
    }

    /// Connection, rate and resource limits (back pressure): `4.3.1 Insufficient system resources`, `4.4.2 … rate exceeded`.
    private static func isLimit(_ line: Span<UInt8>, _ data: Range<Int>) -> Bool {
        ["Insufficient system resources", "rate for this client", "rate exceeded", "Too many", "too many"].contains {
            DialogueText.holds(line, data, $0)
        }
    }
}
