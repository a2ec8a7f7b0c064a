import MailVocabulary
import SMTP

extension OptionField {
    /// Who sends what to whom, through which server, and how far.
    static let envelopeFields = [
        OptionField(
            "server", on: .envelope, hint: "host, host:port, [v6]:port, smtps://host, user@domain, /path/of/a/socket",
            read: { $0.target?.typed ?? "" },
            write: { text, settings in
                do throws(TargetFault) {
                    settings.target = try SessionTarget(parsing: text)
                    return nil
                } catch {
                    return Phrase(said: error.description)
                }
            }),
        text(
            "from", on: .envelope, hint: "the envelope sender; empty: the null reverse-path <>", \.reversePath,
            fault: { EnvelopeFault.inPath($0) }),
        OptionField(
            "to", on: .envelope, hint: "several: divided by blanks; PARAMETER=value goes to the address before it",
            read: {
                $0.recipients.map { ([$0.forwardPath] + $0.byHand).joined(separator: " ") }.joined(separator: " ")
            },
            write: { text, settings in
                let (recipients, fault) = RecipientText.recipients(in: text, like: settings.recipients.first)
                settings.recipients = recipients
                return fault
            }),
        text(
            "helo", on: .envelope, hint: "the name after EHLO: our own full host name, or an address in brackets",
            \.helloName, fault: { EnvelopeFault.inHelloName($0) }),
        OptionField(
            "stop after", on: .envelope, .choice(stages.map(\.rawValue)),
            hint: "how far r goes by itself; nothing is sent in any case",
            read: { $0.stopAfter.rawValue },
            write: {
                $1.stopAfter = SessionStage(rawValue: $0) ?? .recipient
                return nil
            }),
        OptionField(
            "drop after", on: .envelope, .choice(DropPoint.allCases.map(\.rawValue)),
            hint: "without QUIT: behind the run, the 354 of S, or the message's reply",
            read: { $0.dropsAfter.rawValue },
            write: {
                $1.dropsAfter = DropPoint(rawValue: $0) ?? .never
                return nil
            }),
        OptionField(
            "drop before reply", on: .envelope, .choice(["none"] + repliedStages.map(\.rawValue)),
            hint: "the connection is dropped as soon as the command of this stage is out",
            read: { $0.dropsBeforeReply?.rawValue ?? "none" },
            write: {
                $1.dropsBeforeReply = SessionStage(rawValue: $0)
                return nil
            }),
    ]

    /// The stages that have a command, or for CONNECT a greeting.
    private static let repliedStages: [SessionStage] = [
        .connect, .hello, .startTLS, .authenticate, .sender, .recipient, .data, .endOfData, .quit,
    ]

    /// Where a run may stop, the usual one first.
    private static let stages: [SessionStage] = [.recipient, .connect, .hello, .startTLS, .authenticate, .sender]
}

/// The recipients as one line of text.
enum RecipientText {
    /// A word like `NOTIFY=NEVER` is a parameter of the address before it.
    static func recipients(in text: String, like first: Recipient?) -> (recipients: [Recipient], fault: Phrase?) {
        var recipients: [Recipient] = []
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }) {
            if isParameter(word) {
                guard let last = recipients.indices.last else { return ([], "\(word) stands before any address") }
                recipients[last].byHand.append(String(word))
                continue
            }
            if let fault = EnvelopeFault.inPath(String(word)) { return ([], Phrase(said: fault)) }
            var recipient = Recipient(String(word), notify: first?.notify ?? [])
            if first?.original != nil { recipient.original = "rfc822;\(word)" }
            recipients.append(recipient)
        }
        return (recipients, nil)
    }

    private static func isParameter(_ word: Substring) -> Bool {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
        return word[..<equals].utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
