import Assets
import Triage

/// Explanations as JSON lines, the same that `ExplanationJSON` is encoded to, for a hundred thousand of them.
///
/// What an entry says whatever the reply is written once and kept.
struct ExplanationLines {
    /// The parts of a line that only the entry decides, in the order of the keys.
    private struct Fixed {
        let actors: [UInt8]
        let causes: [UInt8]
        let title: [UInt8]
        let meaningAndNext: [UInt8]
        let references: [UInt8]
    }

    private var kept: [String: Fixed] = [:]
    private(set) var bytes: [UInt8] = []

    /// Adds the line of one explanation.
    mutating func add(_ explanation: ReplyExplanation, id: ReplyRow.ID?) {
        let fixed: Fixed
        // What was taken out of the reply stands in the words.
        if explanation.captured.isEmpty, let known = kept[explanation.entry] {
            fixed = known
        } else {
            fixed = Self.fixed(of: explanation)
            if explanation.captured.isEmpty { kept[explanation.entry] = fixed }
        }
        bytes += fixed.actors
        put(#","basis":"#, explanation.basis)
        add(#","captured":{"#)
        for (number, pair) in explanation.captured.sorted(by: { $0.key < $1.key }).enumerated() {
            if number > 0 { add(",") }
            put("", pair.key)
            put(":", pair.value)
        }
        bytes += fixed.causes
        put(#","certainty":"#, explanation.certainty.rawValue)
        put(#","class":"#, explanation.replyClass)
        put(#","code":"#, explanation.codeReading)
        put(#","entry":"#, explanation.entry)
        switch id {
        case .number(let number)?: add(#","id":\#(number)"#)
        case .text(let text)?: put(#","id":"#, text)
        case nil: break
        }
        bytes += fixed.meaningAndNext
        put(#","persistence":"#, explanation.persistence.rawValue)
        bytes += fixed.references
        if let status = explanation.statusReading { put(#","status":"#, status) }
        bytes += fixed.title
    }

    /// Takes what was added so far.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private static func fixed(of explanation: ReplyExplanation) -> Fixed {
        var part = ExplanationLines()
        part.put(#"{"actors":"#, list: explanation.actors)
        let actors = part.take()
        part.add(#"},"causes":["#)
        for (number, cause) in explanation.causes.enumerated() {
            part.add(number > 0 ? ",{" : "{")
            if let check = cause.check { part.put(#""check":"#, check.rawValue) }
            part.put(cause.check == nil ? #""id":"# : #","id":"#, cause.id)
            part.put(#","text":"#, cause.text)
            part.put(#","weight":"#, cause.weight.rawValue)
            part.add("}")
        }
        part.add("]")
        let causes = part.take()
        part.put(#","meaning":"#, explanation.meaning)
        part.add(#","next":["#)
        for (number, step) in explanation.next.enumerated() {
            part.add(number > 0 ? ",{" : "{")
            if case .check(let check)? = step.deed { part.put(#""check":"#, check.rawValue, then: ",") }
            part.put(#""id":"#, step.id)
            switch step.deed {
            case .retry(let minutes)?:
                part.add(#","retryMinutes":[\#(minutes.map(String.init).joined(separator: ","))]"#)
            case .send(let line)?: part.put(#","send":"#, line)
            case .check?, nil: break
            }
            part.put(#","text":"#, step.text)
            part.add("}")
        }
        part.add("]")
        let meaningAndNext = part.take()
        part.put(#","references":"#, list: explanation.references)
        let references = part.take()
        part.put(#","title":"#, explanation.title, then: "}\n")
        return Fixed(
            actors: actors, causes: causes, title: part.take(), meaningAndNext: meaningAndNext, references: references)
    }

    private mutating func add(_ text: String) { bytes += text.utf8 }

    private mutating func put(_ key: String, list texts: [String]) {
        add(key)
        add("[")
        for (number, text) in texts.enumerated() { put(number > 0 ? "," : "", text) }
        add("]")
    }

    /// A text in quotes behind its key. RFC 8259 §7; what a terminal should not get is escaped as well.
    private mutating func put(_ key: String, _ text: String, then end: String = "") {
        bytes += key.utf8
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 }) {
            bytes += text.utf8
        } else {
            bytes += JSONText.inert(Self.escaped(text)).utf8
        }
        bytes.append(UInt8(ascii: "\""))
        bytes += end.utf8
    }

    private static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case 8: result += #"\b"#.utf8
            case 9: result += #"\t"#.utf8
            case 10: result += #"\n"#.utf8
            case 12: result += #"\f"#.utf8
            case 13: result += #"\r"#.utf8
            case 0..<32: result += ((byte < 16 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
