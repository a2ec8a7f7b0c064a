import MailVocabulary

extension DNSCheck {
    /// Does the domain announce an MTA-STS policy? RFC 8461 §3.1. The policy itself is on a web server: `mta-sts-holds`.
    static let mtaSTSIsAnnounced = DNSCheck(
        name: "mta-sts-is-announced", mayFind: AnnouncedRecord.mtaSTS.kinds, judge: AnnouncedRecord.mtaSTS.judge)
}

extension AnnouncedRecord {
    static let mtaSTS = AnnouncedRecord(
        topic: "mta-sts", title: "MTA-STS", citation: .rfc(8461, "3.1"), labels: ["_mta-sts"], version: "v=STSv1",
        absence: "senders need not use TLS",
        fault: "has no id of 1 to 32 letters and digits: senders ignore the policy"
    ) { text, answers in
        let rest: Phrase = answers.policy == nil ? "; the policy on the web server was not fetched" : ""
        return MTASTSRecord.id(text).map { "MTA-STS is announced (id \($0))\(rest)" }
    }
}
