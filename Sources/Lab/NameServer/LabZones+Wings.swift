import DNS

extension LabZones {
    /// More of the museum: addresses and their names, keys and logos, answers that break the rules of the protocol.
    static let wings = reverse + keys + manners

    private static let reverse = """
        zone 2.0.192.in-addr.arpa
        25.2.0.192.in-addr.arpa PTR mx.museum.test
        27.2.0.192.in-addr.arpa PTR elsewhere.museum.test
        28.2.0.192.in-addr.arpa PTR first.museum.test
        28.2.0.192.in-addr.arpa PTR second.museum.test
        29.2.0.192.in-addr.arpa PTR gone.museum.test
        30.2.0.192.in-addr.arpa CNAME 30.delegated.2.0.192.in-addr.arpa
        30.delegated.2.0.192.in-addr.arpa PTR thirty.museum.test
        34.2.0.192.in-addr.arpa PTR dyn-192-0-2-34.pool.museum.test
        35.2.0.192.in-addr.arpa PTR mx.servfail.museum.test
        zone 31.2.0.192.in-addr.arpa silent
        zone 32.2.0.192.in-addr.arpa servfail
        zone 33.2.0.192.in-addr.arpa late 6000
        33.2.0.192.in-addr.arpa PTR slow.museum.test
        zone 3.2.1.10.in-addr.arpa
        zone elsewhere.museum.test
        elsewhere.museum.test A 192.0.2.99
        zone first.museum.test
        first.museum.test A 192.0.2.28
        zone second.museum.test
        second.museum.test A 192.0.2.28
        zone thirty.museum.test
        thirty.museum.test A 192.0.2.30
        zone slow.museum.test
        slow.museum.test A 192.0.2.33
        zone pool.museum.test
        dyn-192-0-2-34.pool.museum.test A 192.0.2.34

        """

    private static let key768 =
        "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhANvISxAvWZ6DAVzdXje2XpZZ6eeKJ4zPtd3JUG3KoqFE3lyTEMxFvxV6wmM2LzLAvXBiMaalgTd3bzHN"
        + "BvqOaNF05/mhhJwmy8Bh8aHbBFwkEmZ9DBI6lrgGnZ4pK3pvJQIDAQAB"
    private static let key1024 =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCrUNpo74TdxlwqGyRhUgfAs18wZhvUxLeIIwIGVM4LoI5AnFknFVlcmsk7jCAFgxO+qnz7XB/s"
        + "8cc4UJIaWBFmYJ8TIcejOZoo2S+n9rkIYftBBAAt5HAKccxVe8FgtOi1iaYhCZnPkUahKQOSS6wQwmLO7XdjXA3MzBd80x7PkQIDAQAB"
    private static let key2048 =
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqRrV+AlhMTW2CcixR0bY+RLJL6ly8/wjqEB/tpAKLeexCcYYMnwKnav2VbvwYCXc62Ay"
        + "VPE/Yj44D6oez1CkMpW58keX+ni0WXyjLI4VGf+kcPNJfdDgk/ICWjUQcq48ohuZLMImFmw3fZhV\" \"Vvznb4eajSm+jcJT8AdL7KTt3MLDnvtX"
        + "CaCVu7ih/ozpFAN5ql08x0sdghaIKShvnHj5W89I4dbVfl++1fQKcEBJ/4hFqHR8BbTSht3cg+TlLVReP5G8QDt9lKXFmYleZuu1lafBIMt3WVKM"
        + "qVUwJLUSxcp+h+o6kUvlL708E10zGHuqIWw9NVGC4b+fdbre9J5tLQIDAQAB"

    private static let keys: String = {
        let selectors: [(String, [String])] = [
            ("good", ["v=DKIM1; k=rsa; p=\(key2048)"]),
            ("modern", ["v=DKIM1; k=ed25519; p=e+fwi7brGEAWM4/yeGECks3gJbT4GPht53RUkxl8Lzw="]),
            ("weak", ["v=DKIM1; p=\(key1024)"]), ("short", ["v=DKIM1; p=\(key768)"]),
            ("revoked", ["v=DKIM1; p="]), ("broken", ["v=DKIM1; k=rsa; p=!!!!"]),
            ("test", ["v=DKIM1; t=y; p=\(key2048)"]), ("sha1", ["v=DKIM1; h=sha1; p=\(key2048)"]),
            ("future", ["v=DKIM1; k=lattice; p=AAAA"]),
            ("two", ["v=DKIM1; p=\(key2048)", "v=DKIM1; p=\(key2048)"]),
        ]
        var lines = ["zone keys.museum.test"]
        lines += selectors.flatMap { name, texts in
            texts.map { "\(name)._domainkey.keys.museum.test TXT \"\($0)\"" }
        }
        lines.append("alias._domainkey.keys.museum.test CNAME good._domainkey.keys.museum.test")
        lines += ["zone keyless.museum.test", "keyless.museum.test TXT \"nothing\""]
        let logos: [(name: String, policy: String, records: [String])] = [
            ("logo", "reject", ["v=BIMI1; l=https://museum.test/logo.svg; a=https://museum.test/mark.pem"]),
            ("logonone", "reject", ["v=BIMI1; l=; a="]),
            ("logohttp", "reject", ["v=BIMI1; l=http://museum.test/a.svg"]),
            ("logoless", "reject", ["v=BIMI1; a=https://museum.test/mark.pem"]),
            ("logoweak", "none", ["v=BIMI1; l=https://museum.test/logo.svg"]),
            (
                "logotwo", "reject",
                ["v=BIMI1; l=https://museum.test/a.svg", "v=BIMI1; l=https://museum.test/b.svg"]
            ),
        ]
        for (name, policy, records) in logos {
            let domain = "\(name).museum.test"
            lines += ["zone \(domain)", "\(domain) MX 10 mx.museum.test", "\(domain) TXT \"v=spf1 -all\""]
            lines.append("_dmarc.\(domain) TXT \"v=DMARC1; p=\(policy)\"")
            lines += records.map { "default._bimi.\(domain) TXT \"\($0)\"" }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    /// Servers that break the rules: each in a zone with an exchanger.
    private static let manners: String = {
        let conducts = ["notimp", "noedns", "notcp", "strays", "trailing"]
        return conducts.map { conduct in
            let domain = "\(conduct).museum.test"
            return """
                zone \(domain) \(conduct)
                \(domain) NS ns.museum.test
                \(domain) MX 10 mx.museum.test
                \(domain) TXT "v=spf1 -all"
                _dmarc.\(domain) TXT "v=DMARC1; p=reject"

                """
        }.joined()
    }()
}
