import DNS
import MailVocabulary

/// A DNS message of arbitrary bytes: it is read or refused, what is read is printable, and written down it reads the same.
struct FuzzedMessage {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What does not hold; `nil` when all is well.
    func complaint() -> String? {
        _ = MessageDecoder.question(bytes)
        guard let message = try? MessageDecoder.message(bytes) else { return nil }
        let records = message.answers + message.authority + message.additional
        for record in records {
            guard record.name.wireLength <= 255 else { return "a name of \(record.name.wireLength) bytes" }
            let words = "\(record.name) \(record.type) \(record.data)"
            guard words.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "not printable: \(words)" }
        }
        if let question = message.question {
            let reading = AnswerReading(of: message, to: question)
            if reading.aliases.count > DNSMessage.aliasLimit + 1 { return "\(reading.aliases.count) aliases" }
        }
        let written = MessageEncoder.bytes(of: message)
        guard let again = try? MessageDecoder.message(written) else { return "what was written cannot be read" }
        // A message that unfolds to more than 64 KiB is cut.
        guard !again.isTruncated else { return nil }
        return again.answers == message.answers && again.question == message.question
            ? nil : "written down, the message reads otherwise"
    }
}
