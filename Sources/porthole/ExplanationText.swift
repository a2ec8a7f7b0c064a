import Triage

/// An explanation as lines of text.
enum ExplanationText {
    static func lines(_ explanation: ReplyExplanation) -> [String] {
        var lines = ["", "\(explanation.title)  [\(explanation.classLabel)]", explanation.meaning]
        for (index, cause) in explanation.causes.enumerated() {
            let check = cause.check.map { "  [\($0.rawValue)]" } ?? ""
            lines.append("  \(index == 0 ? "likely" : "      ")  \(index + 1). \(cause.text)\(check)")
        }
        for (index, step) in explanation.next.enumerated() {
            lines.append("  \(index == 0 ? "next  " : "      ")  - \(step.text)")
        }
        if !explanation.captured.isEmpty {
            let named = explanation.captured.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append("  named   \(named.joined(separator: ", "))")
        }
        lines.append("  acts    \(explanation.actors.joined(separator: ", "))")
        lines.append("  code    \(explanation.codeReading)")
        if let status = explanation.statusReading { lines.append("          \(status)") }
        lines.append("  basis   \(explanation.certainty.rawValue): \(explanation.basis)  (\(explanation.entry))")
        return lines
    }
}
