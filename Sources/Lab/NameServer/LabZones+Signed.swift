import DNS

extension LabZones {
    /// The signed wing of the museum: one zone for each thing that goes wrong with DNSSEC and DANE, under a root of its own, whose key
    /// is `trustAnchor`.
    public static func signedMuseum() -> LabZones {
        do {
            return LabZones(zones: try ZoneText.zones(text))
        } catch {
            preconditionFailure(error.description)
        }
    }

    private static let text: String = {
        let digest = String(repeating: "ab", count: 32)
        let zones: [(name: String, signing: String?, lines: [String])] = [
            ("good", "336", []), ("ending", "9", []), ("expired", "expired", []), ("future", "future", []),
            ("otherkey", "other-key", []), ("missing", "missing", []), ("changed", "changed-mx", []),
            ("address", "changed-addresses", []), ("unsigned", nil, []), ("island", "island", []),
            // DANE, for a host of the zone itself.
            ("tlsa", "336", ["_25._tcp.mx.tlsa.museum TLSA 3 1 1 \(digest)"]),
            ("tlsaunsigned", nil, ["_25._tcp.mx.tlsaunsigned.museum TLSA 3 1 1 \(digest)"]),
            ("tlsaunusable", "336", ["_25._tcp.mx.tlsaunusable.museum TLSA 1 1 1 \(digest)"]),
            ("tlsachanged", "changed-addresses", ["_25._tcp.mx.tlsachanged.museum TLSA 3 1 1 \(digest)"]),
            (
                "tlsadropped", "336", ["zone _25._tcp.mx.tlsadropped.museum servfail", "signed missing"]
            ),
        ]
        var lines = ["zone .", "signed 336", ". NS ns.museum", "ns.museum A 127.0.0.1", "zone museum", "signed 336"]
        for (name, signing, more) in zones {
            let domain = "\(name).museum"
            lines += ["zone \(domain)"] + (signing.map { ["signed \($0)"] } ?? [])
            lines += ["\(domain) MX 10 mx.\(domain)", "\(domain) TXT \"v=spf1 mx -all\"", "mx.\(domain) A 192.0.2.25"]
            lines += ["_dmarc.\(domain) TXT \"v=DMARC1; p=reject\""] + more
        }
        // An alias into a signed zone and out of it.
        lines += [
            "zone alias.museum", "signed 336", "alias.museum MX 10 mx.alias.museum",
            "mx.alias.museum CNAME mx.good.museum",
            "alias.museum TXT \"v=spf1 mx -all\"", "_dmarc.alias.museum TXT \"v=DMARC1; p=reject\"",
            "zone astray.museum", "signed 336", "astray.museum MX 10 mx.astray.museum",
            "mx.astray.museum CNAME mx.unsigned.museum", "astray.museum TXT \"v=spf1 mx -all\"",
            "_dmarc.astray.museum TXT \"v=DMARC1; p=reject\"",
        ]
        return lines.joined(separator: "\n")
    }()
}
