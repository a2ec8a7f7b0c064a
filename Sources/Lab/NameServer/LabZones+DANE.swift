import DNS
import MailVocabulary

extension LabZones {
    /// One domain for each thing that DANE comes to (RFC 7672), all with the lab's gateway as their exchanger: `dane.test` is all
    /// right, the others are told by their names.
    ///
    /// - Parameters:
    ///   - gateway: the gateway's address.
    ///   - digest: SHA-256 of its key.
    static func daneText(gateway: IPAddress, digest: [UInt8]) -> String {
        let right = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let wrong = String(repeating: "ab", count: 32)
        let exhibits: [(name: String, isSigned: Bool, records: [String])] = [
            ("dane", true, ["3 1 1 \(right)"]), ("dane-other-key", true, ["3 1 1 \(wrong)"]),
            ("dane-rollover", true, ["3 1 1 \(wrong)", "3 1 1 \(right)"]), ("dane-unusable", true, ["1 1 1 \(right)"]),
            ("dane-unsigned", false, ["3 1 1 \(right)"]), ("dane-dropped", true, []),
        ]
        var lines: [String] = []
        for (name, isSigned, records) in exhibits {
            let (domain, host) = ("\(name).test", "mx.\(name).test")
            lines += ["zone \(domain)"] + (isSigned ? ["signed 336"] : [])
            lines += ["\(domain) MX 10 \(host)", "\(host) A \(gateway)", "\(domain) TXT \"v=spf1 mx -all\""]
            lines += ["_dmarc.\(domain) TXT \"v=DMARC1; p=reject\""]
            lines += records.map { "_25._tcp.\(host) TLSA \($0)" }
            if records.isEmpty { lines += ["zone _25._tcp.\(host) servfail", "signed missing"] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The zones of the demonstration, those of DANE, and, if it is wanted, the museum of faults with its signed wing.
    ///
    /// - Parameters:
    ///   - gateway: the address of the gateway.
    ///   - backup: that of `mx2.example.test`.
    ///   - silent: the addresses whose reverse zones never answer.
    ///   - digest: SHA-256 of the gateway's key.
    static func lab(
        gateway: IPAddress, backup: IPAddress, silent: [IPAddress], digest: [UInt8], holdsMuseum: Bool
    ) -> LabZones {
        var zones = LabZones.story(gateway: gateway, backup: backup, silent: silent)
        do {
            for zone in try ZoneText.zones(daneText(gateway: gateway, digest: digest)) { zones.add(zone) }
        } catch {
            preconditionFailure(error.description)
        }
        guard holdsMuseum else { return zones }
        let museum = LabZones.museum().zones + LabZones.signedMuseum().zones.filter { $0.origin != .root }
        let known = Set(zones.zones.map(\.origin))
        for zone in museum where !known.contains(zone.origin) { zones.add(zone) }
        return zones
    }
}
