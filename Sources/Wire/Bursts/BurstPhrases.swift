import NIOCore
import SMTP

/// Everything that a burst says, made into bytes once.
struct BurstPhrases {
    let mail: ByteBuffer
    let recipients: [ByteBuffer]
    let data: ByteBuffer
    let envelope: ByteBuffer
    let dot = ByteBuffer(string: ".\r\n")
    let reset = ByteBuffer(string: "\(Command.reset.line)\r\n")
    let quit = ByteBuffer(string: "\(Command.quit.line)\r\n")
    private let message: ByteBuffer
    private let messageAndEnvelope: ByteBuffer
    private let numberPlace: Int?

    /// From here on only the part with the number is copied for each message.
    private static let longMessage = 32 << 10

    /// - Parameter progress: Of a connection that is ready for MAIL.
    init(_ burst: BurstPlan, _ progress: SessionProgress) throws(CommandFault) {
        let text = try BurstMessage(burst, for: progress)
        let lines = progress.envelopeLines
        let mail = lines.mail + "\r\n"
        let recipients = lines.recipients.map { $0 + "\r\n" }
        let data = Command.data.line + "\r\n"
        let envelope = mail + recipients.joined() + data
        self.mail = ByteBuffer(string: mail)
        self.recipients = recipients.map { ByteBuffer(string: $0) }
        self.data = ByteBuffer(string: data)
        self.envelope = ByteBuffer(string: envelope)
        message = ByteBuffer(bytes: text.wire)
        messageAndEnvelope = ByteBuffer(bytes: text.wire + Array(envelope.utf8))
        numberPlace = text.numberPlace
    }

    /// The message of that number, in one piece or two.
    func message(_ number: Int, thenEnvelope: Bool) -> (head: ByteBuffer, rest: ByteBuffer?) {
        var head = thenEnvelope ? messageAndEnvelope : message
        guard let numberPlace else { return (head, nil) }
        var rest: ByteBuffer?
        if head.readableBytes > Self.longMessage {
            let whole = head
            let length = numberPlace + BurstMessage.digits
            head = whole.getSlice(at: 0, length: length) ?? whole
            rest = whole.getSlice(at: length, length: whole.readableBytes - length)
        }
        var digits = number
        for place in stride(from: numberPlace + BurstMessage.digits - 1, through: numberPlace, by: -1) {
            head.setInteger(UInt8(48 + digits % 10), at: place)
            digits /= 10
        }
        return (head, rest)
    }
}
