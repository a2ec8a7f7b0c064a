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
                let text = look(record)
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

    private static let questions: [(name: String, look: @Sendable (SessionRecord) -> String)] = [
        ("greeting", { $0.greeting.map { "\($0.code)" } ?? "none" }),
        ("product", { $0.vendor ?? "not known" }),
        (
            "capabilities in the clear",
            { list($0.progress.keywordsBeforeTLS ?? ($0.tls == nil ? $0.capabilities : [])) }
        ),
        ("capabilities under TLS", { $0.tls == nil ? "no TLS" : list($0.capabilities) }),
        ("TLS", { $0.tls.map { "\($0.version) \($0.cipher)" } ?? "no TLS" }),
        ("certificate", { $0.tls.map(certificate) ?? "no TLS" }),
        ("first refusal", { $0.decidingRefusal.map(refusal(in: $0)) ?? "none" }),
        ("end", { $0.closed.map { $0.isOrderly ? "in order" : $0.words } ?? "not yet" }),
    ]

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
