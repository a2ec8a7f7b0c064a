import MailVocabulary
import SMTP

/// One line of the form behind `e`: how it is written from the settings, and how what is typed gets into them.
public struct OptionField: Sendable {
    /// How a value is given.
    enum Form: Sendable {
        /// One of these; the first is how it comes.
        case choice([String])
        /// Text, with words that Right completes to.
        case text([String])
    }

    /// The label, which is also its name: no two are alike.
    let name: String
    /// The name as the form shows it.
    var label: Phrase { Phrase(stringLiteral: name) }
    let page: OptionPage
    let hint: Phrase
    let form: Form
    let read: @Sendable (Settings) -> String
    /// Puts the value in, or says in one sentence what is wrong with it.
    let write: @Sendable (String, inout Settings) -> Phrase?

    init(
        _ name: String, on page: OptionPage, _ form: Form = .text([]), hint: Phrase,
        read: @escaping @Sendable (Settings) -> String, write: @escaping @Sendable (String, inout Settings) -> Phrase?
    ) {
        (self.name, self.page, self.form, self.hint) = (name, page, form, hint)
        (self.read, self.write) = (read, write)
    }

    /// The values that can be chosen; empty for free text.
    var choices: [String] { if case .choice(let values) = form { values } else { [] } }

    static let all =
        envelopeFields + securityFields + loginFields + conversationFields + deliveryFields + serviceFields
        + connectionFields + messageFields + fileFields + burstFields

    /// A sentence of an engine as what is wrong with a value.
    static func fault(_ sentence: String?) -> Phrase? { sentence.map { Phrase(said: $0) } }

    static subscript(name: String) -> OptionField? { all.first { $0.name == name } }
}

extension OptionField {
    /// A choice of yes and no, or of two other words for them.
    ///
    /// - Parameter isUsual: It comes as yes.
    static func flag(
        _ name: String, on page: OptionPage, yes: String = "yes", no: String = "no", isUsual: Bool = false,
        hint: Phrase, _ path: any WritableKeyPath<Settings, Bool> & Sendable
    ) -> OptionField {
        OptionField(
            name, on: page, .choice(isUsual ? [yes, no] : [no, yes]), hint: hint,
            read: { $0[keyPath: path] ? yes : no },
            write: {
                $1[keyPath: path] = $0 == yes
                return nil
            })
    }

    /// Text of one line, which `fault` finds nothing wrong with.
    static func text(
        _ name: String, on page: OptionPage, hint: Phrase,
        _ path: any WritableKeyPath<Settings, String> & Sendable,
        fault: @escaping @Sendable (String) -> String?
    ) -> OptionField {
        OptionField(
            name, on: page, hint: hint, read: { $0[keyPath: path] },
            write: {
                $1[keyPath: path] = $0
                return Self.fault(fault($0))
            })
    }

    /// Text of one line that may be absent.
    static func optional(
        _ name: String, on page: OptionPage, hint: Phrase,
        _ path: any WritableKeyPath<Settings, String?> & Sendable
    ) -> OptionField {
        OptionField(
            name, on: page, hint: hint, read: { $0[keyPath: path] ?? "" },
            write: { text, settings in
                settings[keyPath: path] = text.isEmpty ? nil : text
                return fault(EnvelopeFault.inField(text, name))
            })
    }

    /// One of the cases of `Value` by its raw value, or none of them.
    static func oneOf<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, on page: OptionPage, none: String, hint: Phrase,
        _ path: any WritableKeyPath<Settings, Value?> & Sendable
    ) -> OptionField {
        OptionField(
            name, on: page, .choice([none] + Value.allCases.map(\.rawValue)), hint: hint,
            read: { $0[keyPath: path]?.rawValue ?? none },
            write: {
                $1[keyPath: path] = Value(rawValue: $0)
                return nil
            })
    }
}
