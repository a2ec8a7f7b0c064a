import MailVocabulary

/// The answers as one check sees them: it notes which ones are missing while the check looks.
struct Facts {
    let answers: DNSAnswers
    private(set) var missing: [DNSQuestion] = []

    init(_ answers: DNSAnswers) { self.answers = answers }

    /// The lookup at its end, or `nil`, and then the next question is noted as missing.
    mutating func look(_ name: DNSName, _ type: RecordType) -> DNSLookup? {
        let lookup = answers.lookup(DNSQuestion(name, type))
        guard let next = lookup.next else { return lookup }
        if !missing.contains(next) { missing.append(next) }
        return nil
    }

    /// The lookups of A and AAAA, both noted as missing at once.
    mutating func lookAtAddresses(of name: DNSName) -> [DNSLookup]? {
        let (v4, v6) = (look(name, .a), look(name, .aaaa))
        guard let v4, let v6 else { return nil }
        return [v4, v6]
    }

    /// What to answer when a look gave `nil`.
    var need: Judgement<DNSQuestion, [Finding]> { .need(missing) }
}

extension [DNSLookup] {
    /// The addresses of all A and AAAA records, in the order sent.
    var addresses: [IPAddress] { flatMap(\.addresses) }
}
