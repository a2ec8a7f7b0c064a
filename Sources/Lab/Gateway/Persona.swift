/// Whose manners the gateway has: banner, EHLO list and reply texts.
public enum Persona: String, CaseIterable, Hashable, Sendable {
    /// A Cisco ESA listener, whose enhanced status codes begin with `#`.
    case esa
    case sendmail
    case postfix
    case exchange

    /// The reply for `phrase`: `250 sender <{address}> ok`; more lines are divided by line feeds. The words in braces are
    /// filled in by `ReplyWriter`.
    func template(_ phrase: Phrase) -> String {
        switch self {
        case .esa: Self.esaTemplate(phrase)
        case .sendmail: Self.sendmailTemplate(phrase)
        case .postfix: Self.postfixTemplate(phrase)
        case .exchange: Self.exchangeTemplate(phrase)
        }
    }

    /// The EHLO keywords, RFC 5321 §4.1.1.1, in the product's order. STARTTLS is not offered twice, and AUTH only under TLS.
    func keywords(
        size: Int, offersTLS: Bool, isEncrypted: Bool, mechanisms: [String] = ["PLAIN", "LOGIN"]
    ) -> [String] {
        let tls = offersTLS && !isEncrypted ? ["STARTTLS"] : []
        let auth = isEncrypted && !mechanisms.isEmpty ? ["AUTH " + mechanisms.joined(separator: " ")] : []
        switch self {
        case .esa: return ["8BITMIME", "SIZE \(size)", "DSN"] + auth + tls
        case .sendmail:
            return ["ENHANCEDSTATUSCODES", "PIPELINING", "EXPN", "VERB", "8BITMIME", "SIZE \(size)", "DSN", "ETRN"]
                + auth + tls + ["DELIVERBY", "HELP"]
        case .postfix:
            return ["PIPELINING", "SIZE \(size)", "VRFY", "ETRN"] + tls + auth
                + ["ENHANCEDSTATUSCODES", "8BITMIME", "DSN"]
        case .exchange:
            return ["SIZE \(size)", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES"] + tls + auth + ["8BITMIME"]
        }
    }
}
