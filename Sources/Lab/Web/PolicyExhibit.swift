import NIOHTTP1

/// A domain of the museum whose MTA-STS policy stands on the lab's web server, RFC 8461 §3.3.
struct PolicyExhibit: Sendable {
    /// The label below `museum.test`.
    var name: String
    /// What the web server says; `nil` for a domain whose policy host has no address.
    var answer: WebAnswer?
    /// Whether the certificate of the web server is good for the policy host.
    var isCertified = true

    /// The host that senders ask.
    var host: String { "mta-sts.\(name).museum.test" }

    /// The whole wing. The mail exchanger of each domain is `mx.museum.test`; `good` has two.
    static let all: [PolicyExhibit] = {
        let (enforce, week, hosts) = ("mode: enforce", "max_age: 604800", "mx: *.museum.test")
        let whole = WebAnswer.policy(enforce, week, hosts)
        let moved = WebAnswer(status: .movedPermanently, location: "https://www.museum.test/mta-sts.txt")
        return [
            PolicyExhibit(name: "good", answer: whole),
            PolicyExhibit(name: "ststesting", answer: .policy("mode: testing", week, hosts)),
            PolicyExhibit(name: "stsoff", answer: .policy("mode: none", week)),
            PolicyExhibit(name: "stsshort", answer: .policy(enforce, "max_age: 600", hosts)),
            PolicyExhibit(name: "stsunlisted", answer: .policy(enforce, week, "mx: mail.museum.test")),
            PolicyExhibit(name: "stsunlistedtest", answer: .policy("mode: testing", week, "mx: mail.museum.test")),
            PolicyExhibit(name: "stsmode", answer: .policy("mode: strict", week, hosts)),
            PolicyExhibit(name: "stsmissing", answer: WebAnswer(status: .notFound)),
            PolicyExhibit(name: "stsmoved", answer: moved),
            PolicyExhibit(name: "stshtml", answer: WebAnswer(type: "text/html", body: whole.body)),
            PolicyExhibit(
                name: "stslong", answer: WebAnswer(body: String(repeating: "mx: mail.museum.test\r\n", count: 4000))),
            PolicyExhibit(name: "stsname", answer: whole, isCertified: false),
            PolicyExhibit(name: "stsnohost"),
        ]
    }()

    /// Their zone.
    static let zones = all.map { exhibit in
        let domain = "\(exhibit.name).museum.test"
        // The one that is all right has its records among those of the exchangers.
        let records =
            exhibit.name == "good"
            ? []
            : [
                "\(domain) MX 10 mx.museum.test", "\(domain) TXT \"v=spf1 -all\"",
                "_mta-sts.\(domain) TXT \"v=STSv1; id=20260101;\"",
            ]
        let host = exhibit.answer.map { _ in ["\(exhibit.host) A 127.0.0.1"] } ?? []
        return (records + host).map { "\($0)\n" }.joined()
    }.joined()
}
