import MailVocabulary

/// A guided walkthrough: a question that people have at three in the morning, and the steps that answer it.
public struct Procedure: Sendable {
    /// Stable, as `receive`: what `:walk` and `porthole walk` call it.
    public let id: String
    /// The question.
    public let title: Phrase
    /// What it is for and where it ends, in a sentence.
    public let summary: Phrase
    public let steps: [WalkthroughStep]

    init(id: String, title: Phrase, summary: Phrase, steps: [WalkthroughStep]) {
        (self.id, self.title, self.summary, self.steps) = (id, title, summary, steps)
    }

    /// The procedure of that name.
    public static func named(_ id: String) -> Procedure? { all.first { $0.id == id } }
}

extension Procedure {
    /// The registry, in the order in which they are offered. A new one is one file in `Procedures/` and one name here.
    public static let all: [Procedure] = [
        .receive, .receipts, .connect, .recipient, .login, .banner, .arrive, .accepted,
    ]
}

extension WalkthroughStep {
    /// The steps of all procedures, each once.
    public static let all: [WalkthroughStep] = {
        var known: Set<String> = []
        return Procedure.all.flatMap(\.steps).filter { known.insert($0.id).inserted }
    }()
}
