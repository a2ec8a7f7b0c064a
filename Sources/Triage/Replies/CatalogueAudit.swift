/// Looks over a catalogue for what its writers forgot.
struct CatalogueAudit {
    /// What is wrong, and with what: an entry's id, or `causes.NAME`, `next.NAME`, `SECTION.NAME` for words.
    struct Problem: Hashable {
        var name: String
        var reason: String
    }

    let entries: [ReplyEntry]
    let texts: [Language: CatalogueTexts]
    /// Whether one language is enough, as in a user's own folder.
    var oneLanguageSuffices = false

    var problems: [Problem] { entryProblems + wordProblems + orphans + idleChecks }

    private func words(_ language: Language) -> CatalogueTexts { texts[language] ?? CatalogueTexts() }

    private var captureNames: Set<String> { Set(words(.english).common[.captures].map { Array($0.keys) } ?? []) }

    private var entryProblems: [Problem] {
        var problems: [Problem] = []
        var seen: Set<String> = []
        for entry in entries {
            func say(_ text: String) { problems.append(Problem(name: entry.id, reason: text)) }
            if !seen.insert(entry.id).inserted { say("is there twice") }
            if entry.examples.isEmpty { say("has no tests") }
            for phrase in entry.match.phrases where !phrase.isFindable {
                say("'\(phrase.source)' has no three letters in a row to look for")
            }
            for (name, phrase) in entry.capture where phrase.wildcards.isEmpty {
                say("capture '\(name)' has no wildcard")
            }
            for name in gaps(of: entry).subtracting(captureNames).sorted() {
                say("its words have {\(name)}, which common.json has no word for")
            }
            missing("text", in: { $0.entries[entry.id] != nil }).forEach(say)
            for cause in entry.causes {
                missing("text of cause '\(cause.id)'", in: { $0.causes[cause.id] != nil }).forEach(say)
            }
            for step in entry.next {
                missing("text of step '\(step.id)'", in: { $0.next[step.id] != nil }).forEach(say)
            }
        }
        return problems
    }

    private func gaps(of entry: ReplyEntry) -> Set<String> {
        Language.allCases.reduce(into: []) { names, language in
            guard let text = words(language).entries[entry.id] else { return }
            names.formUnion(TextTemplate(text.title).names.union(TextTemplate(text.meaning).names))
        }
    }

    private func missing(_ what: String, in isThere: (CatalogueTexts) -> Bool) -> [String] {
        let missing = Language.allCases.filter { !isThere(words($0)) }
        guard oneLanguageSuffices else { return missing.map { "has no \($0.rawValue) \(what)" } }
        return missing.count == Language.allCases.count ? ["has no \(what)"] : []
    }

    /// Words that one language has and the other lacks, or whose gaps differ.
    private var wordProblems: [Problem] {
        let (first, second) = (flat(.english), flat(.japanese))
        var problems: [Problem] = []
        for key in Set(first.keys).union(second.keys).sorted() {
            guard let english = first[key], let japanese = second[key] else {
                guard !oneLanguageSuffices else { continue }
                problems.append(Problem(name: key, reason: "is there in \(first[key] == nil ? "ja" : "en") only"))
                continue
            }
            if TextTemplate(english).names != TextTemplate(japanese).names {
                problems.append(Problem(name: key, reason: "gaps differ between the languages"))
            }
        }
        for (section, keys) in [
            (CatalogueTexts.Section.classes, ReplyClass.allCases.map(\.rawValue)),
            (.actors, ReplyActor.allCases.map(\.rawValue)), (.basis, ReplyMatch.Grounds.named.map(\.1)),
        ] {
            for key in keys where words(.english).common[section]?[key] == nil {
                problems.append(Problem(name: "\(section.name).\(key)", reason: "has no text"))
            }
        }
        return problems
    }

    private func flat(_ language: Language) -> [String: String] {
        let words = words(language)
        var all: [String: String] = [:]
        for (id, text) in words.entries { all["entries.\(id)"] = text.title + text.meaning }
        for (id, text) in words.causes { all["causes.\(id)"] = text }
        for (id, text) in words.next { all["next.\(id)"] = text }
        for (section, rows) in words.common { for (key, text) in rows { all["\(section.name).\(key)"] = text } }
        return all
    }

    /// Words that nothing uses.
    private var orphans: [Problem] {
        let ids = Set(entries.map(\.id))
        let causes = Set(entries.flatMap { $0.causes.map(\.id) })
        let steps = Set(entries.flatMap { $0.next.map(\.id) })
        func unused(_ section: String, _ keys: (CatalogueTexts) -> [String], _ used: Set<String>, _ reason: String)
            -> [Problem]
        {
            Set(Language.allCases.flatMap { keys(words($0)) }).subtracting(used).sorted()
                .map { Problem(name: "\(section).\($0)", reason: reason) }
        }
        return unused("entries", { Array($0.entries.keys) }, ids, "text without an entry")
            + unused("causes", { Array($0.causes.keys) }, causes, "no entry names it")
            + unused("next", { Array($0.next.keys) }, steps, "no entry names it")
    }

    /// Checks that the program has and no cause asks for: then nobody is ever told its verdict.
    private var idleChecks: [Problem] {
        Set(CauseCheck.allCases).subtracting(entries.flatMap { $0.causes.compactMap(\.check) })
            .map { Problem(name: "checks.\($0.rawValue)", reason: "no cause names it") }.sorted { $0.name < $1.name }
    }
}
