import SMTP
import Triage

/// The form of `match`: when an entry applies.
enum CatalogueMatchForm {
    private static let keys = [
        "code", "enhanced", "vendor", "stage", "all", "any", "words", "hint", "not", "after", "event",
    ]

    /// - Parameter lists: the word lists of the file, by name.
    static func match(
        _ value: JSONValue, lists: [String: [PhrasePattern]]
    ) throws(JSONValue.Flaw) -> ReplyEntry.Match {
        let object = try StrictObject(value, keys: keys)
        var match = ReplyEntry.Match()
        match.codes = try object.list("code", code)
        match.statuses = try object.written("enhanced", StatusPattern.init(_:))
        match.vendors = try object.texts("vendor").map(VendorName.canonical)
        // ANY is the same as naming no stage.
        match.stages = try object.list("stage") { value throws(JSONValue.Flaw) in
            try value.text() == "ANY" ? nil : try stage(value)
        }.compactMap { $0 }
        match.all = try object.written("all", PhrasePattern.init(_:))
        match.any = try object.written("any", PhrasePattern.init(_:))
        match.words = try object.list("words") { value throws(JSONValue.Flaw) in
            let text = try value.text()
            do throws(WordFamily.Fault) { return try WordFamily(text, named: lists) } catch {
                throw value.flaw("'\(text)' \(error.reason)")
            }
        }
        match.hints = try object.written("hint", PhrasePattern.init(_:))
        match.not = try object.written("not", PhrasePattern.init(_:))
        match.after = try object.written("after", SessionCondition.init(_:))
        match.events = try object.texts("event").map { $0.lowercased() }
        return match
    }

    static func stage(_ value: JSONValue) throws(JSONValue.Flaw) -> SessionStage {
        let text = try value.text()
        guard let stage = SessionStage(rawValue: text) else {
            let known = SessionStage.allCases.map(\.rawValue).joined(separator: " ")
            throw value.flaw("no stage '\(text)'; known are \(known) ANY")
        }
        return stage
    }

    /// `550` or `"5xx"`.
    private static func code(_ value: JSONValue) throws(JSONValue.Flaw) -> CodePattern {
        if case .text(let text) = value.content {
            guard let pattern = CodePattern(text) else { throw value.flaw("cannot read '\(text)'") }
            return pattern
        }
        let number = try value.integer()
        guard (200..<600).contains(number) else { throw value.flaw("\(number) is not a reply code") }
        return CodePattern(number)
    }
}
