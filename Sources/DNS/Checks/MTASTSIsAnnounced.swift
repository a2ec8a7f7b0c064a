import MailVocabulary

extension DNSCheck {
    /// Does the domain announce an MTA-STS policy? RFC 8461 §3.1. The policy itself is on a web server: `mta-sts-holds`.
    static let mtaSTSIsAnnounced = DNSCheck(
        name: "mta-sts-is-announced", mayFind: MTASTSIsAnnounced.kinds, judge: MTASTSIsAnnounced.judge)
}

private enum MTASTSIsAnnounced {
    static let announced = FindingKind("dns.mta-sts.announced", .fine, .rfc(8461, "3.1"))
    static let none = FindingKind("dns.mta-sts.none", .note, .rfc(8461, "3.1"))
    static let multiple = FindingKind("dns.mta-sts.multiple", .warning, .rfc(8461, "3.1"))
    static let badRecord = FindingKind("dns.mta-sts.syntax", .warning, .rfc(8461, "3.1"))
    static let kinds = [announced, none, multiple, badRecord] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let record = AnnouncedRecord(of: subject, under: ["_mta-sts"], version: "v=STSv1", &facts) else {
            return facts.need
        }
        switch record {
        case .notApplicable: return .conclude([])
        case .failed(let finding): return .conclude([finding])
        case .found(let place, let texts):
            let finding = { Finding($0, about: place.description, $1) }
            guard let text = texts.first else {
                return .conclude([finding(none, "\(place) has no MTA-STS record: senders need not use TLS")])
            }
            guard texts.count == 1 else {
                let message = "\(place) has \(texts.count) MTA-STS records: senders treat that as none"
                return .conclude([finding(multiple, message)])
            }
            guard let id = MTASTSRecord.id(text)
            else {
                let message =
                    "\(TextRecords.shown(text)) at \(place) has no id of 1 to 32 letters and digits: "
                    + "senders ignore the policy"
                return .conclude([finding(badRecord, message)])
            }
            let rest = answers.policy == nil ? "; the policy on the web server was not fetched" : ""
            return .conclude([finding(announced, "MTA-STS is announced (id \(id))\(rest)")])
        }
    }
}
