/// Looks over a catalogue for what its writers forgot.
struct CatalogueAudit {
    let entries: [ReplyEntry]
    let texts: [Language: CatalogueTexts]

    /// The checks that a cause or a step may name.
    static let checks: Set<String> = [
        "dns.ptr", "dns.fcrdns", "dns.ehlo-name", "dns.mx", "dns.nullmx", "dns.sender-mx", "dns.spf", "dns.dkim",
        "dns.dmarc", "dns.bl", "tls.offered", "tls.handshake", "auth.offered", "size.limit", "tcp.connect",
        "tcp.other-mx", "clock.banner",
    ]

    /// One line each, `id: what is wrong`.
    var problems: [String] { entryProblems + wordProblems + orphans }

    private func words(_ language: Language) -> CatalogueTexts { texts[language] ?? CatalogueTexts() }

    private var captureNames: Set<String> { Set(words(.english).common[.captures].map { Array($0.keys) } ?? []) }

    private var entryProblems: [String] {
        var problems: [String] = []
        var seen: Set<String> = []
        for entry in entries {
            func say(_ text: String) { problems.append("\(entry.id): \(text)") }
            if !seen.insert(entry.id).inserted { say("is there twice") }
            if entry.examples.isEmpty { say("has no tests") }
            for phrase in entry.match.all + entry.match.any + entry.match.not where !phrase.isFindable {
                say("'\(phrase.source)' has no three letters in a row to look for")
            }
            for (name, phrase) in entry.capture where phrase.wildcards.isEmpty {
                say("capture '\(name)' has no wildcard")
            }
            for check in entry.causes.compactMap(\.check) where !Self.checks.contains(check) {
                say("no check '\(check)'")
            }
            for step in entry.next {
                if case .check(let check) = step.deed, !Self.checks.contains(check) { say("no check '\(check)'") }
            }
            for language in Language.allCases {
                let words = words(language)
                guard let text = words.entries[entry.id] else {
                    say("has no \(language.rawValue) text")
                    continue
                }
                let names = TextTemplate(text.title).names.union(TextTemplate(text.meaning).names)
                for name in names.subtracting(captureNames).sorted() {
                    say("\(language.rawValue) text has {\(name)}, which common.json has no word for")
                }
                for cause in entry.causes where words.causes[cause.id] == nil {
                    say("cause '\(cause.id)' has no \(language.rawValue) text")
                }
                for step in entry.next where words.next[step.id] == nil {
                    say("step '\(step.id)' has no \(language.rawValue) text")
                }
            }
        }
        return problems
    }

    /// Words that one language has and the other lacks, or whose gaps differ.
    private var wordProblems: [String] {
        func flat(_ language: Language) -> [String: String] {
            let words = words(language)
            var all: [String: String] = [:]
            for (id, text) in words.entries { all["entries.\(id)"] = text.title + text.meaning }
            for (id, text) in words.causes { all["causes.\(id)"] = text }
            for (id, text) in words.next { all["next.\(id)"] = text }
            for (section, rows) in words.common { for (key, text) in rows { all["\(section.name).\(key)"] = text } }
            return all
        }
        let (first, second) = (flat(.english), flat(.japanese))
        var problems: [String] = []
        for key in Set(first.keys).union(second.keys).sorted() {
            guard let english = first[key], let japanese = second[key] else {
                problems.append("\(key): is there in \(first[key] == nil ? "ja" : "en") only")
                continue
            }
            if TextTemplate(english).names != TextTemplate(japanese).names { problems.append("\(key): gaps differ") }
        }
        for (section, keys) in [
            (CatalogueTexts.Section.classes, ReplyClass.allCases.map(\.rawValue)),
            (.actors, ReplyActor.allCases.map(\.rawValue)), (.basis, ReplyMatch.Grounds.named.map(\.1)),
        ] {
            for key in keys where words(.english).common[section]?[key] == nil {
                problems.append("\(section.name).\(key): has no text")
            }
        }
        return problems
    }

    /// Words that nothing uses.
    private var orphans: [String] {
        let ids = Set(entries.map(\.id))
        let causes = Set(entries.flatMap { $0.causes.map(\.id) })
        let steps = Set(entries.flatMap { $0.next.map(\.id) })
        let words = words(.english)
        return words.entries.keys.filter { !ids.contains($0) }.sorted().map { "entries.\($0): text without an entry" }
            + words.causes.keys.filter { !causes.contains($0) }.sorted().map { "causes.\($0): no entry names it" }
            + words.next.keys.filter { !steps.contains($0) }.sorted().map { "next.\($0): no entry names it" }
    }
}
