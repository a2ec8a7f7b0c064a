import MailVocabulary

/// What is wrong with a field that the operator fills in, as one sentence: nothing that would become another command or
/// parameter gets into a plan.
public enum EnvelopeFault {
    /// A reverse-path or forward-path without angle brackets, RFC 5321 §4.1.2; empty is the null reverse-path.
    public static func inPath(_ text: String) -> String? {
        if text.isEmpty { return nil }
        if let fault = inField(text, "an address") { return fault }
        if text.contains(where: { $0 == "<" || $0 == ">" || $0 == " " }) {
            return "write the address alone, without angle brackets and blanks"
        }
        // RFC 5321 §4.5.1: postmaster needs no domain.
        if text.lowercased() == "postmaster" { return nil }
        // An @ in the local part stands in quotes, RFC 5321 §4.1.2; a source route begins with one.
        let local = text[..<(text.lastIndex(of: "@") ?? text.endIndex)]
        if local.contains("@"), local.first != "@", local.first != "\"" {
            return "\(text) is not an address: an @ before the last one stands in quotes"
        }
        return Mailbox(text) == nil ? "\(text) is not an address: user@domain" : nil
    }

    /// The argument of EHLO, RFC 5321 §4.1.1.1.
    public static func inHelloName(_ text: String) -> String? {
        if text.isEmpty { return "EHLO needs a name: our own full host name, or an address in brackets" }
        if let fault = inField(text, "the HELO name") { return fault }
        return text.contains(" ") ? "the HELO name is one word" : nil
    }

    /// Any field of one line.
    public static func inField(_ text: String, _ name: String) -> String? {
        do throws(CommandFault) { try CommandFault.check(text, name) } catch { return error.description }
        return text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            ? "\(name) holds a control character" : nil
    }
}
