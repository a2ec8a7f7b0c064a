import MailVocabulary
import SMTP

extension OptionField {
    /// The test message that S sends.
    static let messageFields = [
        OptionField(
            "subject", on: .message, hint: "four digits are added, so that the message can be found again",
            read: { $0.subject },
            write: {
                $1.subject = $0
                return EnvelopeFault.inField($0, "the subject").map { Phrase(quoting: $0) }
            }),
        OptionField(
            "text", on: .message, hint: "of the test message; \\n begins another line",
            read: { LineBreaks.escaped($0.body) },
            write: {
                $1.body = LineBreaks.unescaped($0)
                return nil
            }),
        OptionField(
            "messages", on: .message, .text(["1"]), hint: "how many S sends, one after another on the same connection",
            read: { "\($0.messages)" },
            write: { text, settings in
                guard let count = Int(text), (1...1000).contains(count) else { return "a number from 1 to 1000" }
                settings.messages = count
                return nil
            }),
    ]
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
