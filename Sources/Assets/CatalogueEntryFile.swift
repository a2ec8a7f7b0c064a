import SMTP
import Triage

/// The form of `entries/NAME.json`.
///
/// A wrong entry is left out and told; the others of the file are taken.
struct CatalogueEntryFile {
    private static let keys = ["lists", "entries"]
    private static let entryKeys = [
        "id", "match", "class", "persistence", "certainty", "actor", "causes", "next", "capture", "refs", "seen",
        "tests",
    ]

    private(set) var entries: [(entry: ReplyEntry, line: Int)] = []
    private(set) var flaws: [JSONValue.Flaw] = []

    /// - Throws: what makes the whole file unreadable.
    init(_ file: JSONValue) throws(JSONValue.Flaw) {
        let object = try StrictObject(file, keys: Self.keys)
        let lists = try object.table("lists") { value throws(JSONValue.Flaw) in
            let words = try value.list { word throws(JSONValue.Flaw) in try word.text() }
            do throws(WordFamily.Fault) { return try WordFamily.words(words) } catch {
                throw value.flaw(error.reason)
            }
        }
        let rows = try object.value("entries") { value throws(JSONValue.Flaw) in try value.list() }
        entries.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            do throws(JSONValue.Flaw) {
                entries.append((try Self.entry(row, lists), row.line))
            } catch {
                flaws.append(error.inside("[\(index)]").inside("entries"))
            }
        }
    }

    private static func entry(
        _ value: JSONValue, _ lists: [String: [PhrasePattern]]
    ) throws(JSONValue.Flaw) -> ReplyEntry {
        let object = try StrictObject(value, keys: entryKeys)
        let id = try object.value("id") { value throws(JSONValue.Flaw) in
            let id = try value.text()
            guard !id.isEmpty else { throw value.flaw("is empty; write vendor.class.short-name") }
            return id
        }
        return ReplyEntry(
            id: id,
            match: try object.value("match") { value throws(JSONValue.Flaw) in
                try CatalogueMatchForm.match(value, lists: lists)
            },
            replyClass: try object.word(ReplyClass.self, "class"),
            persistence: try object.word(ReplyExplanation.Persistence.self, "persistence"),
            certainty: try object.word(ReplyExplanation.Certainty.self, "certainty"),
            actors: try object.words(ReplyActor.self, "actor"), causes: try object.list("causes", cause),
            next: try object.list("next", step), capture: try object.table("capture", phrase),
            references: try object.list("refs", reference), seen: try object.texts("seen"),
            examples: try object.list("tests", example))
    }

    private static func phrase(_ value: JSONValue) throws(JSONValue.Flaw) -> PhrasePattern {
        let source = try value.text()
        guard let phrase = PhrasePattern(source) else { throw value.flaw("cannot read '\(source)'") }
        return phrase
    }

    private static func cause(_ value: JSONValue) throws(JSONValue.Flaw) -> ReplyEntry.Cause {
        let object = try StrictObject(value, keys: ["id", "w", "check"])
        return ReplyEntry.Cause(
            id: try object.text("id"), weight: try object.word(ReplyExplanation.Cause.Weight.self, "w"),
            check: try object.optionalWord(CauseCheck.self, "check"))
    }

    private static func step(_ value: JSONValue) throws(JSONValue.Flaw) -> ReplyEntry.Step {
        let object = try StrictObject(value, keys: ["text", "do"])
        return ReplyEntry.Step(id: try object.text("text"), deed: try object.optional("do", deed))
    }

    /// `{"send": …}`, `{"check": …}` or `{"retry": {"minutes": [5, 15]}}`.
    private static func deed(_ value: JSONValue) throws(JSONValue.Flaw) -> ReplyExplanation.Step.Deed {
        let object = try StrictObject(value, keys: ["send", "check", "retry"])
        guard object.keys.count == 1 else { throw value.flaw("must hold one of send, check, retry") }
        if let line = try object.optionalText("send") { return .send(line) }
        if let check = try object.optionalWord(CauseCheck.self, "check") { return .check(check) }
        return .retry(minutes: try object.value("retry", minutes))
    }

    private static func minutes(_ value: JSONValue) throws(JSONValue.Flaw) -> [Int] {
        try StrictObject(value, keys: ["minutes"]).value("minutes") { value throws(JSONValue.Flaw) in
            let minutes = try value.list { number throws(JSONValue.Flaw) in try number.integer() }
            guard (1...2).contains(minutes.count), minutes == minutes.sorted(), minutes.allSatisfy({ $0 > 0 }) else {
                throw value.flaw("wants one number of minutes, or two, the smaller first")
            }
            return minutes
        }
    }

    private static func reference(_ value: JSONValue) throws(JSONValue.Flaw) -> ReplyEntry.Reference {
        let object = try StrictObject(value, keys: ["rfc", "sec", "iana", "vendor", "url", "seed"])
        if let number = try object.optionalText("rfc") {
            return .rfc(number: number, section: try object.optionalText("sec"))
        }
        if let row = try object.optionalText("iana") { return .iana(row) }
        if let vendor = try object.optionalText("vendor") {
            return .vendor(vendor, url: try object.optionalText("url"))
        }
        return .seed(try object.text("seed"))
    }

    /// A reply, or an object with what is known around it.
    private static func example(_ value: JSONValue) throws(JSONValue.Flaw) -> ReplyEntry.Example {
        if case .text(let reply) = value.content { return .init(query: ReplyQuery(reply: reply)) }
        let object = try StrictObject(value, keys: ["reply", "stage", "vendor", "event", "seconds"])
        return ReplyEntry.Example(
            query: ReplyQuery(
                reply: try object.optionalText("reply") ?? "",
                stage: try object.optional("stage", CatalogueMatchForm.stage),
                vendor: try object.optionalText("vendor"), event: try object.optionalText("event"),
                seconds: try object.optional("seconds") { value throws(JSONValue.Flaw) in try value.number() }))
    }
}
