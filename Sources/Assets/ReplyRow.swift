import SMTP

/// A row of `porthole explain`'s standard input: `{"id": 1, "reply": "550 …", "stage": "RCPT", "vendor": "postfix"}`.
public struct ReplyRow: Sendable {
    /// What names the row in the answer; given back as it came.
    public enum ID: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    public var id: ID?
    public var reply: String
    public var stage: SessionStage?
    public var vendor: String?
    public var event: String?

    /// Other keys are ignored: the row may come out of a larger log.
    ///
    /// - Throws: `CatalogueFault` with the key and the reason; its file is `standard input`, its line the row's number.
    public init(_ bytes: [UInt8], line: Int) throws(CatalogueFault) {
        do throws(JSONValue.Flaw) {
            let value = try JSONReader.value(of: bytes)
            guard case .object(let members) = value.content else { throw value.flaw("is not {\"reply\": …}") }
            var reply: String?
            for member in members {
                do throws(JSONValue.Flaw) {
                    if case .null = member.value.content { continue }
                    switch member.key {
                    case "id": id = try Self.id(member.value)
                    case "reply": reply = try member.value.text()
                    case "stage": stage = try Self.stage(member.value)
                    case "vendor": vendor = try member.value.text()
                    case "event": event = try member.value.text()
                    default: break
                    }
                } catch {
                    throw error.inside(member.key)
                }
            }
            guard reply != nil || event != nil else {
                throw JSONValue.Flaw(line: 1, path: "reply", reason: "is missing")
            }
            self.reply = reply ?? ""
        } catch {
            throw CatalogueFault(file: "standard input", line: line, key: error.path, reason: error.reason)
        }
    }

    private static func id(_ value: JSONValue) throws(JSONValue.Flaw) -> ID {
        if case .text(let text) = value.content { return .text(text) }
        return .number(try value.integer())
    }

    private static func stage(_ value: JSONValue) throws(JSONValue.Flaw) -> SessionStage? {
        let text = try value.text()
        if text.isEmpty || text == "ANY" { return nil }
        guard let stage = SessionStage(rawValue: text.uppercased()) else {
            throw value.flaw(
                "no stage '\(text)'; known are \(SessionStage.allCases.map(\.rawValue).joined(separator: " "))")
        }
        return stage
    }
}
