/// What Exchange's own replies mean for a session.
enum ExchangeReply {
    /// `70912345566403` of `[InternalId=70912345566403, Hostname=…]`; empty when it has none.
    static func internalID(_ line: Span<UInt8>, _ data: Range<Int>) -> Range<Int> {
        guard let label = line.index(of: "[InternalId=", from: data.lowerBound), label < data.upperBound,
            let number = line.number(at: label + 12)
        else { return 0..<0 }
        return (label + 12)..<number.end
    }

    static func ofSender(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return isTooBig(line, data) ? .tooBig : .senderRejected
    }

    static func ofRecipient(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        let isUnknown = ["5.1.1", "RecipientNotFound", "User unknown"].contains {
            ExchangeText.holds(line, data, $0)
        }
        return isUnknown ? .userUnknown : .recipientRejected
    }

    static func ofMessage(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return isTooBig(line, data) ? .tooBig : .refused
    }

    static func ofConnection(_ line: Span<UInt8>, _ data: Range<Int>) -> ConnectionNode.Flags {
        if isLimit(line, data) { return .throttled }
        return ExchangeText.holds(line, data, "timed out") || ExchangeText.holds(line, data, "4.4.1") ? .idle : .refused
    }

    private static func isTooBig(_ line: Span<UInt8>, _ data: Range<Int>) -> Bool {
        ExchangeText.holds(line, data, "5.3.4") || ExchangeText.holds(line, data, "size exceeds")
    }

    /// Connection, rate and resource limits (back pressure): `4.3.1 Insufficient system resources`, `4.4.2 … rate exceeded`.
    private static func isLimit(_ line: Span<UInt8>, _ data: Range<Int>) -> Bool {
        ["Insufficient system resources", "rate for this client", "rate exceeded", "Too many", "too many"].contains {
            ExchangeText.holds(line, data, $0)
        }
    }
}
