import Canvas
import MailVocabulary
import SMTP
import Triage

/// Something that `:set` and the configuration file can set: one row gives name, words and both directions.
public struct Preference: Sendable {
    /// As `:set` and the file call it.
    public let name: String
    /// What may follow.
    public let argument: String
    public let help: Phrase
    /// The value as it is, written as it would be set.
    let value: @Sendable (Dashboard) -> String
    let set: @Sendable (String, inout Dashboard) throws(PreferenceFault) -> [Effect]

    /// The preference of that name.
    public static func named(_ name: String) -> Preference? { all.first { $0.name == name } }
}

/// Why a value cannot be set: one sentence without a full stop.
public struct PreferenceFault: Error, Hashable, Sendable {
    public let phrase: Phrase

    init(_ phrase: Phrase) { self.phrase = phrase }
}

extension Dashboard {
    /// Sets one preference by name.
    /// - Throws: what is wrong with the name or the value.
    public mutating func set(_ name: String, to value: String) throws(PreferenceFault) -> [Effect] {
        guard let preference = Preference.named(name) else {
            let all = Preference.all.map(\.name).joined(separator: ", ")
            throw PreferenceFault("nothing is called \(name); there are: \(all)")
        }
        return try preference.set(value, &self)
    }

    /// `:set`, `:set NAME`, `:set NAME VALUE`; a line of the form, its blanks as hyphens, is a name as well.
    mutating func set(_ text: String) -> [Effect] {
        let name = String(text.prefix { $0 != " " })
        guard !name.isEmpty else { return open(.preferences) }
        let rest = text.dropFirst(name.count)
        if Preference.named(name) == nil, let field = OptionField.all.first(where: { $0.word == name.lowercased() }) {
            return set(field, to: rest.trimmed)
        }
        if rest.isEmpty, let preference = Preference.named(name) {
            let value = preference.value(self)
            notice = Notice("\(name) is \(value.isEmpty ? "\"\"" : value); it takes \(preference.argument)")
            return []
        }
        do throws(PreferenceFault) {
            let value = rest.trimmed
            let before = notice
            notice = nil
            defer { if notice == nil { notice = before } }
            let effects = try set(name, to: value == "\"\"" ? "" : value)
            if effects.isEmpty, notice == nil, let preference = Preference.named(name) {
                notice = Notice("\(name) is now \(preference.value(self))", .good)
            }
            return effects
        } catch {
            notice = Notice(error.phrase, .bad)
            return []
        }
    }

    /// A line of the form behind `e`.
    private mutating func set(_ field: OptionField, to value: String) -> [Effect] {
        let before = field.read(settings)
        var objection: Phrase?
        if !value.isEmpty {
            do throws(PreferenceFault) { objection = try field.set(value == "\"\"" ? "" : value, in: &settings) } catch
            {
                notice = Notice(error.phrase, .bad)
                return []
            }
        }
        let found = field.read(settings)
        let shown = found.isEmpty ? "\"\"" : found
        if let objection {
            notice = Notice("\(field.word) is now \(shown); \(objection)", .bad)
        } else if found == before, !value.isEmpty, value != shown {
            notice = Notice("\(field.word) stays \(shown): what it belongs to is not set", .bad)
        } else {
            notice = Notice("\(field.word) is now \(shown)", value.isEmpty ? .plain : .good)
        }
        return value.isEmpty ? [] : examineTarget()
    }
}

extension Sheet {
    /// What can be set, with its values.
    static let preferences = Sheet(
        id: .preferences, title: "What can be set", key: .control("s"),
        trailing: { $0.configurationPath.isEmpty ? "no config.toml" : Phrase(quoting: $0.configurationPath) },
        content: { dashboard, columns, cursor in
            var content = Content()
            for (index, preference) in Preference.all.enumerated() {
                let value = preference.value(dashboard)
                content.add(entry: [
                    Row(
                        [
                            Span(index == cursor ? "> " : "  ", .hintKey),
                            Span(PrintableText(untrusted: preference.name).padded(to: 12), .hintKey),
                            Span(PrintableText(untrusted: value).clipped(to: 26).padded(to: 27)),
                            Span(dashboard.say(preference.help), .muted),
                        ], isSelected: index == cursor)
                ])
            }
            return content
        },
        choose: { dashboard, place in
            let preference = Preference.all[place]
            dashboard.prompt = .palette(LineEditor("set \(preference.name) ", history: dashboard.paletteHistory))
            return []
        },
        hints: [("Enter", "change")])
}
