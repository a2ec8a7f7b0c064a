import MailVocabulary

extension DNSCheck {
    /// Does the domain say who gets reports about TLS that failed? RFC 8460 §3.
    static let tlsReportingIsAnnounced = DNSCheck(
        name: "tls-reporting-is-announced", mayFind: AnnouncedRecord.tlsReporting.kinds,
        judge: AnnouncedRecord.tlsReporting.judge)
}

extension AnnouncedRecord {
    static let tlsReporting = AnnouncedRecord(
        topic: "tls-rpt", title: "TLS-RPT", citation: .rfc(8460, "3"), labels: ["_tls", "_smtp"],
        version: "v=TLSRPTv1", absence: "nobody is told when TLS fails",
        fault: "has no rua with mailto: or https: addresses: no reports are sent"
    ) { text, _ in
        let addresses = (tags(text)["rua"] ?? "").split(separator: ",").map { $0.drop { $0 == " " }.lowercased() }
        guard !addresses.isEmpty, addresses.allSatisfy({ $0.hasPrefix("mailto:") || $0.hasPrefix("https://") })
        else { return nil }
        return "reports about TLS go to \(addresses.joined(separator: ", "))"
    }
}
