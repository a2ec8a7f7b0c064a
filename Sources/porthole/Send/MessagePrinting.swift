import Glibc
import SMTP

/// `send --print-message`: what would be sent, and nobody is spoken to.
struct MessagePrinting {
    let plan: SessionPlan

    /// To a terminal as lines that do nothing to it; to a file or pipe byte for byte.
    func perform(isJSON: Bool) throws -> ExitStatus {
        let plan = Stamp.completed(plan)
        let message: ComposedMessage
        let isSensitive: Bool
        do throws(CommandFault) {
            let wide = try MessageComposer.compose(plan, for: .eightBit)
            message = (try? MessageComposer.compose(plan, for: .sevenBit)) ?? wide
            isSensitive = message != wide
        } catch { throw CommandFailure(error.description, .usage) }
        if isSensitive { Output.complain("as for a server without 8BITMIME; one that has it gets the text as 8bit") }
        if isJSON {
            try Output.json(MessageJSON(message, plan))
        } else if isatty(STDOUT_FILENO) == 1 {
            let text = String(decoding: message.bytes, as: UTF8.self)
            for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) { Output.line(String(line)) }
        } else {
            Output.bytes(message.bytes)
        }
        return .done
    }
}

/// What `send --print-message --json` prints.
struct MessageJSON: Encodable {
    let version = 1
    /// Of the message; on the wire the doubled dots and the end come to it.
    let octets: Int
    let octetsOnTheWire: Int
    let lines: Int
    /// What it needs of a server: 7bit, 8BITMIME or BINARYMIME.
    let needs: String
    let needsSMTPUTF8: Bool
    let messageID: String?
    /// Bytes that are not UTF-8 are replaced; without --json they are not.
    let text: String

    init(_ message: ComposedMessage, _ plan: SessionPlan) {
        (octets, octetsOnTheWire, lines) = (message.bytes.count, message.wire.count, message.lines)
        needs =
            switch message.transparency {
            case .sevenBit: "7bit"
            case .eightBit: "8BITMIME"
            case .binary: "BINARYMIME"
            }
        needsSMTPUTF8 = message.isInternational
        messageID = plan.message.messageID.isEmpty ? nil : plan.message.messageID
        text = String(decoding: message.bytes, as: UTF8.self)
    }
}
