import MailVocabulary

/// The plain reading of the numbers of a reply in one language, whatever its words say. The usual numbers are read once.
struct ReplyReading: Sendable {
    private static let codes = 200..<600

    private let words: CatalogueTexts
    private let codes: [String]
    private let statuses: [EnhancedStatusCode: String]

    init(_ words: CatalogueTexts) {
        self.words = words
        codes = Self.codes.map { Self.reading(of: $0, words) }
        var statuses: [EnhancedStatusCode: String] = [:]
        for `class` in [2, 4, 5] {
            for subject in 0..<8 {
                for detail in 0...30 {
                    let status = EnhancedStatusCode(`class`, subject, detail)
                    if words.common[.status]?["x.\(subject).\(detail)"] != nil {
                        statuses[status] = Self.reading(of: status, words)
                    }
                }
            }
        }
        self.statuses = statuses
    }

    /// `550: permanent failure, mail system`: RFC 5321 §4.2.1, first and second digit.
    func code(of reply: NormalizedReply) -> String {
        guard let code = reply.code else { return words.word(.basis, "no-code") }
        return Self.codes.contains(code) ? codes[code - Self.codes.lowerBound] : Self.reading(of: code, words)
    }

    /// `5.1.1: permanent, no such mailbox`: RFC 3463 and the registry of RFC 5248; `nil` without an enhanced code.
    func status(of reply: NormalizedReply) -> String? {
        if let odd = reply.oddStatus { return "\(odd): \(words.word(.basis, "odd-status"))" }
        return reply.status.map { statuses[$0] ?? Self.reading(of: $0, words) }
    }

    private static func reading(of code: Int, _ words: CatalogueTexts) -> String {
        let severity = words.word(.severities, String(code / 100))
        let category = words.common[.categories]?[String(code / 10 % 10)] ?? words.word(.categories, "other")
        return "\(code): \(severity)\(words.word(.basis, "separator"))\(category)"
    }

    private static func reading(of status: EnhancedStatusCode, _ words: CatalogueTexts) -> String {
        let known = words.common[.status]
        let separator = words.word(.basis, "separator")
        let `class` = known?[String(status.class)] ?? String(status.class)
        if let row = known?["x.\(status.subject).\(status.detail)"] { return "\(status): \(`class`)\(separator)\(row)" }
        let subject = known?["x.\(status.subject)"] ?? words.word(.status, "unknown-subject")
        return "\(status): \(`class`)\(separator)\(subject)\(separator)\(words.word(.status, "unregistered"))"
    }
}
