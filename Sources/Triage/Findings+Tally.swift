import MailVocabulary

extension Sequence<Finding> {
    /// How many of them somebody has to look at, by gravity.
    public var tally: Phrase {
        func count(_ severity: Severity) -> Int { self.count { $0.kind.severity == severity } }
        return
            "failures \(count(.failure)), delays \(count(.delay)), warnings \(count(.warning)), unknown \(count(.unknown))"
    }
}
