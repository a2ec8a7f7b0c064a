import MailVocabulary

/// What somebody wants to know of a whole log.
public enum LogRequest: Hashable, Sendable {
    /// The messages, and the connections without one, that a question is about.
    case entries(LogQuestion)
    /// The lines in which these words stand, ASCII letters of either case being the same.
    case lines(String)
    /// The counts of everybody, from that moment on: who connects and sends most, what is refused and why.
    case summary(since: LogMoment)

    /// Reads what is typed behind `:trace`: what to look for, and conditions of the form `verdict=bounced`, `reply=550`,
    /// `since=30m`, `until=10:00`, in any order. `5.1.1` alone is `reply=5.1.1`.
    /// - Throws: one sentence for a condition that cannot be read.
    public init(typed text: String) throws(LogRequestFault) {
        var (question, words) = (LogQuestion(), [Substring]())
        for word in text.split(separator: " ") {
            guard let sign = word.firstIndex(of: "=") else {
                words.append(word)
                continue
            }
            let value = String(word[word.index(after: sign)...])
            switch word[..<sign] {
            case "verdict": question.verdict = value
            case "reply":
                guard LogQuestion.isReply(value) else { throw .reply(value) }
                question.reply = value
            case "since": question.since = try LogRequest.moment(value)
            case "until": question.until = try LogRequest.moment(value)
            // `prvs=0123=user@example.test` is an address (BATV), `a=b@host` an identifier.
            case let name where !word.contains("@") && !name.isEmpty && name.allSatisfy(\.isLetter):
                throw .condition(String(name))
            case _: words.append(word)
            }
        }
        // An enhanced status code is nothing else, and no address or identifier looks like one (RFC 3463 §2).
        if words.count == 1, question.reply == nil, let code = words.first, EnhancedStatusCode(code) != nil {
            question.reply = String(code)
            words = []
        }
        question.needle = words.isEmpty ? nil : words.joined(separator: " ")
        if let needle = question.needle, LogQuestion.isBrokenAddress(needle) { throw LogRequestFault.address(needle) }
        guard question != LogQuestion() else { throw LogRequestFault.empty }
        self = .entries(question)
    }

    private static func moment(_ text: String) throws(LogRequestFault) -> LogMoment {
        guard let moment = LogMoment(text) else { throw .moment(text) }
        return moment
    }
}

/// Why what was typed is no question to a log.
public enum LogRequestFault: Error, Hashable, Sendable {
    /// Nothing was asked.
    case empty
    /// This is neither so long before the log's last line nor a time on its clock.
    case moment(String)
    /// This is no code of a reply, and no class of codes.
    case reply(String)
    /// There is no condition of that name.
    case condition(String)
    /// This is no IP address and no network.
    case address(String)
}
