/// Fills the gaps of the catalogue's texts: from the reply, or by a word such as "the address".
struct GapFilling {
    private let values: [String: String]
    private let general: [String: String]

    /// - Parameter values: what the reply names, as the server wrote it.
    init(_ words: CatalogueTexts, values: [String: String] = [:]) {
        (self.values, general) = (values, words.common[.captures] ?? [:])
    }

    /// The text with its `{name}` filled in. What the server says about a wait goes before what the entry says.
    func filled(_ template: String, waiting: [String: String] = [:]) -> String {
        guard template.hasGap else { return template }
        return TextTemplate(template).filled { values[$0] ?? waiting[$0] ?? general[$0] }
    }

    func filled(_ causes: [ReplyExplanation.Cause]) -> [ReplyExplanation.Cause] {
        causes.map { cause in
            var cause = cause
            cause.text = filled(cause.text)
            return cause
        }
    }

    func filled(_ steps: [ReplyExplanation.Step]) -> [ReplyExplanation.Step] {
        steps.map { step in
            var step = step
            step.text = filled(step.text, waiting: step.deed?.waiting ?? [:])
            return step
        }
    }
}

extension ReplyExplanation.Step.Deed {
    /// How long to wait before trying again, for the step's words: `minutes` and `hours`, as `5-15`.
    var waiting: [String: String] {
        guard case .retry(let minutes) = self else { return [:] }
        func range(_ unit: Int) -> String { minutes.map { String(max(1, $0 / unit)) }.joined(separator: "-") }
        return ["minutes": range(1), "hours": range(60)]
    }
}
