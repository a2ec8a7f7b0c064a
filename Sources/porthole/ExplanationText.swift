import Canvas
import Triage

/// An explanation as lines of text, in the language of the explanation.
enum ExplanationText {
    static func lines(
        _ explanation: ReplyExplanation, _ catalogue: ReplyCatalogue, _ language: Language
    ) -> [String] {
        /// Six columns, as the English labels need.
        func label(_ key: String) -> String {
            let word = catalogue.word(.labels, key, in: language)
            return word + String(repeating: " ", count: max(0, 6 - PrintableText(untrusted: word).width))
        }
        let blank = String(repeating: " ", count: 6)
        var lines = ["", "\(explanation.title)  [\(explanation.classLabel)]", explanation.meaning]
        for (index, cause) in explanation.causes.enumerated() {
            let check = cause.check.map { "  [\($0.rawValue)]" } ?? ""
            lines.append("  \(index == 0 ? label("likely") : blank)  \(index + 1). \(cause.text)\(check)")
        }
        for (index, step) in explanation.next.enumerated() {
            lines.append("  \(index == 0 ? label("next") : blank)  - \(step.text)")
        }
        if !explanation.captured.isEmpty {
            let named = explanation.captured.sorted { $0.key < $1.key }
                .map { "\(catalogue.name(ofCaptured: $0.key, in: language)): \($0.value)" }
            lines.append("  \(label("named"))  \(named.joined(separator: ", "))")
        }
        lines.append("  \(label("acts"))  \(explanation.actors.joined(separator: ", "))")
        lines.append("  \(label("code"))  \(explanation.codeReading)")
        if let status = explanation.statusReading { lines.append("  \(blank)  \(status)") }
        let certainty = catalogue.word(.certainty, explanation.certainty.rawValue, in: language)
        lines.append("  \(label("basis"))  \(certainty): \(explanation.basis)  (\(explanation.entry))")
        return lines
    }
}
