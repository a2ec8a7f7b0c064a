import MailVocabulary

/// The plain reading of the numbers of a reply, whatever its words say.
struct ReplyReading {
    let reply: NormalizedReply
    let words: CatalogueTexts

    /// `550: permanent failure, mail system`: RFC 5321 §4.2.1, first and second digit.
    var code: String {
        guard let code = reply.code else { return words.word(.basis, "no-code") }
        let severity = words.word(.severities, String(code / 100))
        let category = words.common[.categories]?[String(code / 10 % 10)] ?? words.word(.categories, "other")
        return "\(code): \(severity)\(words.word(.basis, "separator"))\(category)"
    }

    /// `5.1.1: permanent, no such mailbox`: RFC 3463 and the registry of RFC 5248; `nil` without an enhanced code.
    var status: String? {
        if let odd = reply.oddStatus { return "\(odd): \(words.word(.basis, "odd-status"))" }
        guard let status = reply.status else { return nil }
        let known = words.common[.status]
        let separator = words.word(.basis, "separator")
        let `class` = known?[String(status.class)] ?? String(status.class)
        if let row = known?["x.\(status.subject).\(status.detail)"] { return "\(status): \(`class`)\(separator)\(row)" }
        let subject = known?["x.\(status.subject)"] ?? words.word(.status, "unknown-subject")
        return "\(status): \(`class`)\(separator)\(subject)\(separator)\(words.word(.status, "unregistered"))"
    }
}
