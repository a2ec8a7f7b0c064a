import DNS
import Synchronization

/// Decides what goes back to a query, and notes what was asked.
final class LabQuestionDesk: Sendable {
    /// What goes back: bytes, perhaps later.
    struct Reply {
        var bytes: [UInt8]
        var delay: Duration = .zero
        /// Datagrams before it that answer nothing.
        var strays: [[UInt8]] = []
    }

    private let zones: LabZones
    private let asked = Mutex<[DNSQuestion]>([])

    init(_ zones: LabZones) { self.zones = zones }

    var questions: [DNSQuestion] { asked.withLock { $0 } }

    /// - Parameter limit: bytes that the transport can take; `nil` for a datagram, whose limit the query says.
    /// - Returns: `nil` for silence.
    func reply(to bytes: [UInt8], limit: Int?) -> Reply? {
        guard bytes.count >= 12, bytes[2] & 0x80 == 0 else { return nil }
        guard let query = try? MessageDecoder.message(bytes), let question = query.question else {
            var refusal = Array(bytes.prefix(2)) + [0x80, 1]
            refusal += [UInt8](repeating: 0, count: 8)
            return Reply(bytes: refusal)
        }
        asked.withLock { $0.append(question) }
        // Without EDNS a datagram holds 512 bytes, RFC 1035 §4.2.1.
        let isDatagram = limit == nil
        let limit = limit ?? max(512, min(1232, Int(query.payloadSize ?? 512)))
        let answer = {
            let now = LabTime.now().milliseconds / 1000
            return MessageEncoder.bytes(of: self.zones.response(to: query, now: now), limit: limit)
        }
        switch zones.zone(of: question.name)?.conduct ?? .answer {
        case .silent:
            return nil
        case .answer:
            return Reply(bytes: answer())
        case .answerLate(let delay):
            return Reply(bytes: answer(), delay: delay)
        case .refused:
            return Reply(bytes: MessageEncoder.bytes(of: DNSMessage(answering: query, rcode: 5)))
        case .serverFailure:
            return Reply(bytes: MessageEncoder.bytes(of: DNSMessage(answering: query, rcode: 2)))
        case .lame:
            var referral = DNSMessage(answering: query)
            referral.recursionAvailable = false
            referral.authority = [ResourceRecord(.root, .ns, ttl: ZoneText.ttl, .name(question.name))]
            return Reply(bytes: MessageEncoder.bytes(of: referral))
        case .malformed:
            return Reply(bytes: malformed(query))
        case .notImplemented:
            return Reply(bytes: MessageEncoder.bytes(of: DNSMessage(answering: query, rcode: 4)))
        case .withoutEDNS:
            guard query.payloadSize != nil else { return Reply(bytes: answer()) }
            var refusal = DNSMessage(answering: query, rcode: 1)
            refusal.payloadSize = nil
            return Reply(bytes: MessageEncoder.bytes(of: refusal))
        case .withoutTCP:
            guard isDatagram else { return nil }
            var cut = DNSMessage(answering: query)
            cut.isTruncated = true
            return Reply(bytes: MessageEncoder.bytes(of: cut))
        case .strays:
            let bytes = answer()
            var (otherID, otherQuestion) = (bytes, bytes)
            otherID[0] ^= 0xFF
            if otherQuestion.count > 13 { otherQuestion[13] ^= 1 }
            return Reply(bytes: bytes, strays: [otherID, otherQuestion])
        case .trailing:
            return Reply(bytes: answer() + [0, 1, 2, 3])
        }
    }

    /// One MX whose exchange is a pointer behind the end of the message.
    private func malformed(_ query: DNSMessage) -> [UInt8] {
        var bare = DNSMessage(answering: query)
        bare.payloadSize = nil
        var bytes = MessageEncoder.bytes(of: bare)
        bytes[7] = 1
        return bytes + [0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 4, 0, 10, 0xFF, 0xFF]
    }
}
