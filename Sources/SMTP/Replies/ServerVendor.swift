import MailVocabulary

/// Which product answers, guessed from what it says of itself: a banner proves nothing, but it says which catalogue entry to try first.
public enum ServerVendor {
    /// The id that the reply catalogue uses, or `nil` when nothing points to a product.
    public static func guess(greeting: Reply?, hello: Reply?, keywords: [EHLOKeyword]) -> String? {
        let lines = (greeting?.lines.prefix(4) ?? []) + (hello?.lines.prefix(1) ?? [])
        // A product names itself early; a giant line is not searched to its end.
        let said = lines.map { $0.prefix(200).map(lowercased) }
        for (mark, vendor) in marks where said.contains(where: { says($0, mark) }) { return vendor }
        let names = Set(keywords.map(\.name))
        if names.contains("X-EXPS") || names.contains("X-ANONYMOUSTLS") || names.contains("XRDST") { return "exchange" }
        if names.contains("XDFN") || names.contains("XPRT") { return "cisco-esa" }
        if names.contains("XCLIENT") || names.contains("XVERP") { return "postfix" }
        if names.contains("PIPECONNECT") || names.contains("PIPE_CONNECT") || names.contains("PRDR") { return "exim" }
        let text = String(decoding: greeting?.lines.first?.prefix(200) ?? [], as: UTF8.self)
        // The ESA says `220 name ESMTP` and not a word more, and its EHLO list is short.
        let words = text.split(separator: " ")
        if words.count == 2, words[1] == "ESMTP", names.isSubset(of: ["8BITMIME", "SIZE", "STARTTLS", "AUTH", "DSN"]),
            names.contains("8BITMIME"), names.contains("SIZE")
        {
            return "cisco-esa"
        }
        return nil
    }

    /// Marks are ASCII in lower case: a search among octets is enough, and many times faster than one among characters.
    private static func says(_ line: [UInt8], _ mark: String) -> Bool {
        let mark = Array(mark.utf8)
        return line.indices.contains { start in
            line[start] == mark[0] && line[start...].starts(with: mark)
        }
    }

    private static func lowercased(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
    }

    private static let marks: [(mark: String, vendor: String)] = [
        ("postfix", "postfix"), ("exim", "exim"), ("sendmail", "sendmail"), ("opensmtpd", "opensmtpd"),
        ("protection.outlook.com", "exchange-online"), ("microsoft esmtp", "exchange"),
        ("microsoft exchange", "exchange"), ("ironport", "cisco-esa"), ("gsmtp", "google"), ("mx.google.com", "google"),
        ("powermta", "powermta"), ("kumomta", "kumomta"), ("haraka", "haraka"), ("qmail", "qmail"),
        ("mimecast", "mimecast"), ("pphosted.com", "proofpoint"), ("barracuda", "barracuda"), ("yahoo", "yahoo"),
        ("mailenable", "mailenable"), ("hmailserver", "hmailserver"), ("lotus domino", "domino"), ("zimbra", "zimbra"),
        ("messagelabs", "messagelabs"),
    ]
}
