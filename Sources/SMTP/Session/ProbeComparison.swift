import MailVocabulary

/// The same probe of several hosts side by side: in what they differ, and who goes with whom.
public struct ProbeComparison: Hashable, Sendable {
    /// One thing looked at, with every value that was seen. Values are outside text.
    public struct Aspect: Hashable, Sendable {
        public var name: String
        /// In the order in which they first occur; `members` are indices of the records.
        public var values: [Value]
    }

    public struct Value: Hashable, Sendable {
        public var text: String
        public var members: [Int]
    }

    public let aspects: [Aspect]

    public init(_ records: [SessionRecord]) {
        aspects = Self.questions.map { name, look in
            var values: [Value] = []
            for (index, record) in records.enumerated() {
                guard let text = look(record) else { continue }
                if let known = values.firstIndex(where: { $0.text == text }) {
                    values[known].members.append(index)
                } else {
                    values.append(Value(text: text, members: [index]))
                }
            }
            return Aspect(name: name, values: values)
        }
    }

    /// What is not the same everywhere.
    public var differences: [Aspect] { aspects.filter { $0.values.count > 1 } }

    /// What is compared; `nil` for a session that did not come as far: that it did not is a matter of how it ended.
    private static let questions: [(name: String, look: @Sendable (SessionRecord) -> String?)] = [
        ("greeting", { $0.local == nil ? nil : $0.greeting.map { "\($0.code)" } ?? "none" }),
        ("product", { $0.greeting == nil ? nil : $0.vendor ?? "not known" }),
        ("capabilities in the clear", { clear($0).map(list) }),
        ("capabilities under TLS", { $0.tls == nil || !$0.progress.isGreeted ? nil : list($0.capabilities) }),
        ("TLS", { record in record.tls.map { "\($0.version) \($0.cipher)" } ?? withoutTLS(record) }),
        ("certificate", { $0.tls.map(certificate) }),
        ("first refusal", { $0.greeting == nil ? nil : $0.firstRefusal.map(refusal(in: $0)) ?? "none" }),
        ("deviations seen", { $0.greeting == nil ? nil : deviations($0) }),
        ("end", { $0.closed.map { $0.isOrderly ? "in order" : $0.words } ?? "not yet" }),
    ]

    /// What was offered without TLS; `nil` where nothing was said without it.
    private static func clear(_ record: SessionRecord) -> [EHLOKeyword]? {
        if let earlier = record.progress.keywordsBeforeTLS { return earlier }
        return record.tls == nil && record.progress.isGreeted ? record.capabilities : nil
    }

    private static func withoutTLS(_ record: SessionRecord) -> String? {
        guard record.progress.isGreeted else { return nil }
        guard case .refused(let code) = record.progress.startTLS else { return "no TLS" }
        return "refused with \(code)"
    }

    private static func deviations(_ record: SessionRecord) -> String {
        let kinds = Set(record.deviations.map(\.oddity.kind.rawValue))
        return kinds.isEmpty ? "none" : kinds.sorted().joined(separator: ", ")
    }

    /// In alphabetical order: the order of the list says nothing.
    private static func list(_ keywords: [EHLOKeyword]) -> String {
        keywords.isEmpty ? "none" : keywords.map(\.description).sorted().joined(separator: ", ")
    }

    private static func certificate(_ facts: TLSFacts) -> String {
        facts.isVerified ? "verified" : facts.objections.first?.text ?? "session resumed"
    }

    private static func refusal(in record: SessionRecord) -> (Int) -> String {
        { index in
            guard case .received(let reply, let stage, _, _, _) = record.events[index].fact else { return "none" }
            return "\(stage.rawValue): \(reply.code) \(reply.texts.first ?? "")"
        }
    }
}
