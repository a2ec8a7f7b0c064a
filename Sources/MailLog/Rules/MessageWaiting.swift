import MailVocabulary

extension TraceRule {
    private static let waiting = FindingKind("log.message.waiting", .delay, .rfc(5321, "4.5.4.1"))
    private static let backlog = FindingKind("log.message.backlog", .delay, .rfc(5321, "4.5.4.1"))

    /// The message is queued and nothing has happened since; or it waited long before it was queued, in a work queue.
    static let messageWaiting = TraceRule(mayFind: [waiting, backlog], evidence: ["queued", "ready"]) { trace in
        trace.messages.flatMap { message -> [Finding] in
            var found: [Finding] = []
            if message.facts.verdict == "queued" {
                found.append(Finding(waiting, about: message.key.description, message.phrase))
            }
            if let spent = Timestamp.span(message.facts.began, message.facts.queued), spent >= 60 {
                found.append(
                    Finding(
                        backlog, about: message.key.description,
                        "\(message.key) took \(spent) s from its beginning until it was queued for delivery"))
            }
            return found
        }
    }
}
