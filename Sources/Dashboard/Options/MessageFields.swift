import MailVocabulary
import SMTP

extension OptionField {
    /// The test message that S sends.
    static let messageFields = [
        OptionField(
            "subject", on: .message, hint: "four digits are added, so that the message can be found again",
            read: { $0.message.subject },
            write: {
                $1.message.subject = $0
                return fault(EnvelopeFault.inField($0, "the subject"))
            }),
        OptionField(
            "text", on: .message, hint: "of the test message; \\n begins another line; @FILE takes it from a file",
            read: { settings in
                if let file = settings.message.sources.text { return "@\(file)" }
                let text = LineBreaks.escaped(settings.message.body)
                return text.hasPrefix("@") ? "@\(text)" : text
            },
            write: { text, settings in
                settings.message.sources.text = nil
                if text.hasPrefix("@"), !text.hasPrefix("@@") {
                    let file = String(text.dropFirst())
                    if file.isEmpty || file == "-" { return "@ and the path of a file" }
                    settings.message.sources.text = file
                } else {
                    settings.message.body = LineBreaks.unescaped(text.hasPrefix("@@") ? String(text.dropFirst()) : text)
                }
                return nil
            }),
        header(
            "no header fields", hint: "the names of header fields to leave out; \\n begins another",
            { if case .remove(let name) = $0 { name } else { nil } },
            { (text) throws(CommandFault) in .remove(try HeaderField.checked(name: text)) }),
        header(
            "header fields", hint: "Name: value in place of those of its name; \\n begins another",
            { if case .replace(let field) = $0 { "\(field.name): \(field.value)" } else { nil } },
            { (text) throws(CommandFault) in .replace(try HeaderField(parsing: text)) }),
        header(
            "more header fields", hint: "Name: value, whatever is there already; \\n begins another",
            { if case .add(let field) = $0 { "\(field.name): \(field.value)" } else { nil } },
            { (text) throws(CommandFault) in .add(try HeaderField(parsing: text)) }),
        OptionField(
            "encoding", on: .message, .choice(["as needed"] + encodings.map(\.rawValue)),
            hint: "how the text is encoded; as needed: as little as the server wants",
            read: { $0.message.encoding?.rawValue ?? "as needed" },
            write: {
                $1.message.encoding = TransferEncoding(rawValue: $0)
                return nil
            }),
        flag(
            "tokens", on: .message, hint: "%to% and its like in subject, text and header fields are filled in",
            \.message.fillsTokens),
        OptionField(
            "messages", on: .message, .text(["1"]), hint: "how many S sends, one after another on the same connection",
            read: { "\($0.messages)" },
            write: { text, settings in
                guard let count = Int(text), (1...1000).contains(count) else { return "a number from 1 to 1000" }
                settings.messages = count
                return nil
            }),
    ]

    private static let encodings: [TransferEncoding] = [.sevenBit, .eightBit, .quotedPrintable, .base64]

    /// One kind of changes to the header, a line each; a Date is a field like the others.
    private static func header(
        _ name: String, hint: Phrase, _ text: @escaping @Sendable (HeaderEdit) -> String?,
        _ edit: @escaping @Sendable (String) throws(CommandFault) -> HeaderEdit
    ) -> OptionField {
        OptionField(
            name, on: .message, hint: hint,
            read: { LineBreaks.escaped($0.message.headerEdits.compactMap(text).joined(separator: "\n")) },
            write: { line, settings in
                settings.message.headerEdits.removeAll { text($0) != nil }
                for part in LineBreaks.unescaped(line).split(separator: "\n") {
                    do throws(CommandFault) { settings.message.headerEdits.append(try edit(part.trimmed)) } catch {
                        return Phrase(said: error.description)
                    }
                }
                return nil
            })
    }
}

/// A text of several lines in a field of one.
enum LineBreaks {
    /// Without the last line feed, the others as `\n`, a backslash doubled.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in (text.hasSuffix("\n") ? text.dropLast() : Substring(text)).unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\\": result += "\\\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func unescaped(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                if scalar == "n" { result += "\n" } else { result.unicodeScalars.append(scalar) }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\n"
    }
}
