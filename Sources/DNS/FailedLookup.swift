import MailVocabulary

/// The findings for a question that got no answer. None of them is ever to be read as "there is no record".
enum FailedLookup {
    static let silent = FindingKind("dns.lookup.silent", .unknown, .rfc(1035, "4.2.1"))
    static let refused = FindingKind("dns.lookup.refused", .unknown, .rfc(1035, "4.1.1"))
    static let serverFailure = FindingKind("dns.lookup.servfail", .unknown, .rfc(1035, "4.1.1"))
    static let lame = FindingKind("dns.lookup.lame", .unknown, .rfc(1912, "2.8"))
    static let otherError = FindingKind("dns.lookup.error", .unknown, .rfc(1035, "4.1.1"))
    static let unreachable = FindingKind("dns.lookup.unreachable", .unknown, .rfc(1122, "3.2.2.1"))
    static let malformed = FindingKind("dns.lookup.malformed", .unknown, .rfc(1035, "4.1"))

    static let withoutTCP = FindingKind("dns.lookup.tcp-fails", .delay, .rfc(7766, "5"))

    static let kinds = [withoutTCP, silent, refused, serverFailure, lame, otherError, unreachable, malformed]

    /// The finding, or `nil` if the answer settles the question: records, or certainly none.
    static func finding(_ answer: DNSAnswer) -> Finding? {
        let (asked, server, took) = (answer.question, answer.server, answer.took.words)
        let about = { Finding($0, about: asked.name.description, $1) }
        switch answer.outcome {
        case .found, .absent:
            return nil
        case .silent where answer.transport == .tcp:
            return about(
                withoutTCP,
                "\(asked) needs TCP, its answer is too long for UDP, and \(server) is silent there (\(took))")
        case .unreachable(let words) where answer.transport == .tcp:
            return about(
                withoutTCP, "\(asked) needs TCP, its answer is too long for UDP, and there \(server) says: \(words)")
        case .silent:
            return about(silent, "\(server) did not answer \(asked) in \(took)\(answer.effort)")
        case .refused:
            return about(refused, "\(server) refuses to answer \(asked) (REFUSED in \(took))\(answer.reasons)")
        case .serverFailure:
            return about(
                serverFailure, "\(server) could not find out \(asked) (SERVFAIL in \(took))\(answer.reasons)")
        case .lame:
            return about(lame, "\(server) serves no zone for \(asked) and asks nobody else (lame, in \(took))")
        case .otherError(let code):
            return about(otherError, "\(server) answers \(asked) with \(responseCode(code)) in \(took)")
        case .unreachable(let words):
            return about(unreachable, "\(server) cannot be asked for \(asked): \(words) (in \(took))")
        case .malformed(let words):
            return about(malformed, "\(server) answers \(asked) with a malformed message: \(words) (in \(took))")
        }
    }

    /// RFC 1035 §4.1.1, RFC 2136 §2.2 and RFC 6895 §2.3.
    private static func responseCode(_ code: Int) -> String {
        switch code {
        case 1: "FORMERR"
        case 4: "NOTIMP"
        case 6: "YXDOMAIN"
        case 7: "YXRRSET"
        case 8: "NXRRSET"
        case 9: "NOTAUTH"
        case 10: "NOTZONE"
        case 16: "BADVERS"
        case 23: "BADCOOKIE"
        default: "RCODE \(code)"
        }
    }
}

extension DNSAnswer {
    /// Attempts and strays, in brackets, where they tell something: ` (2 attempts, 1 stray datagram ignored)`.
    var effort: Phrase {
        var parts: [Phrase] = []
        if attempts > 1 { parts.append("\(attempts) attempts") }
        if ignored == 1 { parts.append("1 stray datagram ignored") }
        if ignored > 1 { parts.append("\(ignored) stray datagrams ignored") }
        return parts.isEmpty ? "" : " (\(Phrase.list(parts, by: ", ")))"
    }

    /// What the server, or the validator, says about its failure, behind a colon.
    var reasons: Phrase {
        if case .bogus(let why)? = verdict { return ": DNSSEC is bogus: \(why)" }
        guard !extendedErrors.isEmpty else { return "" }
        return ": \(Phrase.list(extendedErrors.prefix(3).map(\.phrase)))"
    }

    /// `127.0.0.1:53 in 3 ms`: whom we have it from.
    var source: Phrase { "\(server) in \(took.words)" }
}
