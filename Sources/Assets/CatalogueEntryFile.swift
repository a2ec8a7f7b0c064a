import SMTP
import Triage

/// The form of `entries/NAME.json`.
struct EntryFile: Decodable {
    private static let keys: Set = ["entries"]

    let entries: [ReplyEntry]

    init(from decoder: any Decoder) throws {
        entries = try StrictObject(decoder, keys: Self.keys).value([WrittenEntry].self, "entries").map(\.entry)
    }
}

private struct WrittenEntry: Decodable {
    private static let keys: Set = [
        "id", "match", "class", "persistence", "certainty", "actor", "causes", "next", "capture", "refs", "seen",
        "tests",
    ]

    let entry: ReplyEntry

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: Self.keys)
        var capture: [String: PhrasePattern] = [:]
        for (name, source) in try object.optional([String: String].self, "capture") ?? [:] {
            guard let phrase = PhrasePattern(source) else { throw object.fault("capture", "cannot read '\(source)'") }
            capture[name] = phrase
        }
        entry = ReplyEntry(
            id: try object.value(String.self, "id"), match: try object.value(WrittenMatch.self, "match").match,
            replyClass: try object.word(ReplyClass.self, "class"),
            persistence: try object.word(ReplyExplanation.Persistence.self, "persistence"),
            certainty: try object.word(ReplyExplanation.Certainty.self, "certainty"),
            actors: try object.words(ReplyActor.self, "actor"),
            causes: try object.list(WrittenCause.self, "causes").map(\.cause),
            next: try object.list(WrittenStep.self, "next").map(\.step), capture: capture,
            references: try object.list(WrittenReference.self, "refs").map(\.reference),
            seen: try object.list(String.self, "seen"),
            examples: try object.list(WrittenExample.self, "tests").map(\.example))
    }
}

private struct WrittenMatch: Decodable {
    private static let keys: Set = ["code", "enhanced", "vendor", "stage", "all", "any", "not", "after", "event"]

    var match = ReplyEntry.Match()

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: Self.keys)
        match.codes = try object.list(WrittenCode.self, "code").map(\.pattern)
        match.statuses = try object.written("enhanced", StatusPattern.init(_:))
        match.vendors = try object.list(String.self, "vendor").map(VendorName.canonical)
        // ANY is the same as naming no stage.
        let stages = try object.list(String.self, "stage").filter { $0 != "ANY" }
        match.stages = try stages.map { text in
            guard let stage = SessionStage(rawValue: text) else { throw object.fault("stage", "no stage '\(text)'") }
            return stage
        }
        match.all = try object.written("all", PhrasePattern.init(_:))
        match.any = try object.written("any", PhrasePattern.init(_:))
        match.not = try object.written("not", PhrasePattern.init(_:))
        match.after = try object.written("after", SessionCondition.init(_:))
        match.events = try object.list(String.self, "event").map { $0.lowercased() }
    }
}

/// `550` or `"5xx"`.
private struct WrittenCode: Decodable {
    let pattern: CodePattern

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            guard (200..<600).contains(number) else {
                throw KeyFault(path: decoder.codingPath, reason: "\(number) is not a reply code")
            }
            pattern = CodePattern(number)
        } else {
            let text = try container.decode(String.self)
            guard let pattern = CodePattern(text) else {
                throw KeyFault(path: decoder.codingPath, reason: "cannot read '\(text)'")
            }
            self.pattern = pattern
        }
    }
}

private struct WrittenCause: Decodable {
    private static let keys: Set = ["id", "w", "check"]

    let cause: ReplyEntry.Cause

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: Self.keys)
        cause = .init(
            id: try object.value(String.self, "id"), weight: try object.word(ReplyExplanation.Cause.Weight.self, "w"),
            check: try object.optional(String.self, "check"))
    }
}

private struct WrittenStep: Decodable {
    private static let keys: Set = ["text", "do"]

    let step: ReplyEntry.Step

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: Self.keys)
        step = .init(
            id: try object.value(String.self, "text"), deed: try object.optional(WrittenDeed.self, "do")?.deed)
    }
}

/// `{"send": …}`, `{"check": …}` or `{"retry": {"minutes": [5, 15], "same_ip": true}}`.
private struct WrittenDeed: Decodable {
    let deed: ReplyExplanation.Step.Deed

    private struct Retry: Decodable {
        let minutes: [Int]

        init(from decoder: any Decoder) throws {
            // That it must be the same address is said by the step's text.
            let object = try StrictObject(decoder, keys: ["minutes", "same_ip"])
            minutes = try object.value([Int].self, "minutes")
            _ = try object.optional(Bool.self, "same_ip")
        }
    }

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: ["send", "check", "retry"])
        guard object.keys.count == 1 else {
            throw KeyFault(path: decoder.codingPath, reason: "must hold one of send, check, retry")
        }
        if let line = try object.optional(String.self, "send") {
            deed = .send(line)
        } else if let check = try object.optional(String.self, "check") {
            deed = .check(check)
        } else {
            deed = .retry(minutes: try object.value(Retry.self, "retry").minutes)
        }
    }
}

private struct WrittenReference: Decodable {
    private static let keys: Set = ["rfc", "sec", "iana", "vendor", "url", "seed"]

    let reference: ReplyEntry.Reference

    init(from decoder: any Decoder) throws {
        let object = try StrictObject(decoder, keys: Self.keys)
        if let number = try object.optional(String.self, "rfc") {
            reference = .rfc(number: number, section: try object.optional(String.self, "sec"))
        } else if let row = try object.optional(String.self, "iana") {
            reference = .iana(row)
        } else if let vendor = try object.optional(String.self, "vendor") {
            reference = .vendor(vendor, url: try object.optional(String.self, "url"))
        } else {
            reference = .seed(try object.value(String.self, "seed"))
        }
    }
}

/// A reply, or an object with what is known around it.
private struct WrittenExample: Decodable {
    private static let keys: Set = ["reply", "stage", "vendor", "event", "seconds"]

    let example: ReplyEntry.Example

    init(from decoder: any Decoder) throws {
        if let reply = try? decoder.singleValueContainer().decode(String.self) {
            example = .init(query: ReplyQuery(reply: reply))
            return
        }
        let object = try StrictObject(decoder, keys: Self.keys)
        var stage: SessionStage?
        if let text = try object.optional(String.self, "stage") {
            stage = SessionStage(rawValue: text)
            if stage == nil { throw object.fault("stage", "no stage '\(text)'") }
        }
        example = .init(
            query: ReplyQuery(
                reply: try object.optional(String.self, "reply") ?? "", stage: stage,
                vendor: try object.optional(String.self, "vendor"), event: try object.optional(String.self, "event"),
                seconds: try object.optional(Double.self, "seconds")))
    }
}
