import MailVocabulary

extension DNSCheck {
    /// Does the domain say who gets reports about TLS that failed? RFC 8460 §3.
    static let tlsReportingIsAnnounced = DNSCheck(
        name: "tls-reporting-is-announced", mayFind: TLSReportingIsAnnounced.kinds,
        judge: TLSReportingIsAnnounced.judge)
}

private enum TLSReportingIsAnnounced {
    static let announced = FindingKind("dns.tls-rpt.announced", .fine, .rfc(8460, "3"))
    static let none = FindingKind("dns.tls-rpt.none", .note, .rfc(8460, "3"))
    static let multiple = FindingKind("dns.tls-rpt.multiple", .warning, .rfc(8460, "3"))
    static let badRecord = FindingKind("dns.tls-rpt.syntax", .warning, .rfc(8460, "3"))
    static let kinds = [announced, none, multiple, badRecord] + FailedLookup.kinds

    static func judge(_ subject: DNSSubject, _ answers: DNSAnswers) -> Judgement<DNSQuestion, [Finding]> {
        var facts = Facts(answers)
        guard let record = AnnouncedRecord(of: subject, under: ["_tls", "_smtp"], version: "v=TLSRPTv1", &facts) else {
            return facts.need
        }
        switch record {
        case .notApplicable: return .conclude([])
        case .failed(let finding): return .conclude([finding])
        case .found(let place, let texts):
            let finding = { Finding($0, about: place.description, $1) }
            guard let text = texts.first else {
                return .conclude([finding(none, "\(place) has no TLS-RPT record: nobody is told when TLS fails")])
            }
            guard texts.count == 1 else {
                let message = "\(place) has \(texts.count) TLS-RPT records: senders treat that as none"
                return .conclude([finding(multiple, message)])
            }
            let addresses = (AnnouncedRecord.tags(text)["rua"] ?? "").split(separator: ",").map {
                $0.drop { $0 == " " }.lowercased()
            }
            guard !addresses.isEmpty, addresses.allSatisfy({ $0.hasPrefix("mailto:") || $0.hasPrefix("https://") })
            else {
                let message =
                    "\(TextRecords.shown(text)) at \(place) has no rua with mailto: or https: addresses: "
                    + "no reports are sent"
                return .conclude([finding(badRecord, message)])
            }
            return .conclude([finding(announced, "reports about TLS go to \(addresses.joined(separator: ", "))")])
        }
    }
}
