/// The message of a burst, composed once: only eight digits at the head of its Message-ID differ from one to the next.
public struct BurstMessage: Hashable, Sendable {
    /// What goes out after the 354, final dot included.
    public let wire: [UInt8]
    /// Where the eight digits of the number stand in `wire`; `nil` when the Message-ID is the operator's own.
    public let numberPlace: Int?

    public static let digits = 8

    /// - Parameter progress: Of a connection that is ready for MAIL: what its server lets through; `nil` writes for any server.
    /// - Throws: `CommandFault` when the message cannot be written, or not in that size.
    public init(_ burst: BurstPlan, for progress: SessionProgress? = nil) throws(CommandFault) {
        let transparency = progress?.transparency ?? .sevenBit
        var plan = burst.session
        let zeros = String(repeating: "0", count: Self.digits)
        if plan.message.ownMessageID == nil { plan.message.messageID = "\(zeros).\(plan.message.messageID)" }
        var message = try MessageComposer.compose(plan, for: transparency)
        guard !message.mayEndEarly else {
            throw CommandFault("a burst does not send a probe, or a message that may end early")
        }
        guard message.isHeld else {
            throw CommandFault("a burst keeps its message: its files have to be read before")
        }
        if let size = burst.size {
            guard plan.message.raw == nil, plan.message.attachments.isEmpty, plan.message.html == nil,
                plan.message.foreignText == nil
            else { throw CommandFault("--size pads the test message; it does not go with files") }
            let missing = size - message.octets
            guard missing >= 0 else {
                throw CommandFault("a message with this header and text has at least \(message.octets) octets")
            }
            plan.message.body = Self.padded(plan.message.body, by: missing)
            message = try MessageComposer.compose(plan, for: transparency)
        }
        wire = message.wire
        numberPlace = wire.firstPlace(of: Array("Message-ID: <\(zeros).".utf8)).map { $0 + "Message-ID: <".utf8.count }
    }

    /// The text with `count` octets more, counted with CRLF, in lines of 78.
    private static func padded(_ text: String, by count: Int) -> String {
        let line = 78
        // One octet or two make no line: they go to the end of the first.
        let (rest, odd) = (count % line, count % line < 3 ? count % line : 0)
        var body = text.hasSuffix("\n") ? String(text.dropLast()) : text
        body += String(repeating: "x", count: odd) + "\n"
        let whole = String(repeating: "x", count: line - 2) + "\n"
        body += String(repeating: whole, count: count / line)
        if rest >= 3 { body += String(repeating: "x", count: rest - 2) + "\n" }
        return body
    }
}
