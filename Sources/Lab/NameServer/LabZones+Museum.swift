import DNS

extension LabZones {
    /// A museum of faults: one domain for each thing that goes wrong in the mail side of the DNS, with the findings that it must
    /// give. `good.museum.test` is all right.
    public static func museum() -> LabZones {
        do {
            let text = exchangers + senders + PolicyExhibit.zones + policies + answers + wings
            return LabZones(zones: try ZoneText.zones(text))
        } catch {
            preconditionFailure(error.description)
        }
    }

    /// The domains of the museum that show something: those one label below its two tops, `museum.test` and `museum`, that
    /// take or send mail, or whose server misbehaves. In the order of the zones, each once. A name that ends in a digit is only
    /// there for another one's sake.
    public var exhibits: [DNSName] {
        var exhibits: [DNSName] = []
        func note(_ name: DNSName) {
            let top = name.parent?.description
            let isAlone = name.labels.first?.last.map { !(0x30...0x39).contains($0) } ?? false
            guard top == "museum.test" || top == "museum", isAlone, !exhibits.contains(name) else { return }
            exhibits.append(name)
        }
        for zone in zones {
            if zone.conduct != .answer { note(zone.origin) }
            for record in zone.records where record.type == .mx || record.type == .txt { note(record.name) }
        }
        return exhibits
    }

    private static let exchangers = """
        zone museum.test
        mx.museum.test            A   192.0.2.25
        mx.museum.test            AAAA 2001:db8::25
        backup.museum.test        A   192.0.2.26
        alias.museum.test         CNAME mx.museum.test
        same.museum.test          A   192.0.2.25
        under_score.museum.test   A   192.0.2.27
        inside.museum.test        A   10.1.2.3
        six.museum.test           AAAA 2001:db8::26
        circle.museum.test        CNAME circle2.museum.test
        circle2.museum.test       CNAME circle.museum.test
        text.museum.test          TXT "no address here"
        good.museum.test          MX  10 mx.museum.test
        good.museum.test          MX  20 backup.museum.test
        good.museum.test          TXT "v=spf1 mx -all"
        _dmarc.good.museum.test   TXT "v=DMARC1; p=reject"
        _mta-sts.good.museum.test TXT "v=STSv1; id=20260101;"
        _smtp._tls.good.museum.test TXT "v=TLSRPTv1; rua=mailto:tls@good.museum.test"
        null.museum.test          MX  0 .
        null.museum.test          TXT "v=spf1 -all"
        nullsends.museum.test     MX  0 .
        nullsends.museum.test     TXT "v=spf1 ip4:192.0.2.0/24 -all"
        nullpref.museum.test      MX  10 .
        nullpref.museum.test      TXT "v=spf1 -all"
        nullmixed.museum.test     MX  0 .
        nullmixed.museum.test     MX  10 mx.museum.test
        nullmixed.museum.test     TXT "v=spf1 -all"
        nomx.museum.test          A   192.0.2.25
        nomx.museum.test          TXT "v=spf1 -all"
        nothing.museum.test       TXT "v=spf1 -all"
        literal.museum.test       MX  10 192.0.2.25
        literal.museum.test       TXT "v=spf1 -all"
        toalias.museum.test       MX  10 alias.museum.test
        toalias.museum.test       TXT "v=spf1 -all"
        tocircle.museum.test      MX  10 circle.museum.test
        tocircle.museum.test      TXT "v=spf1 -all"
        dangling.museum.test      MX  10 mx.museum.test
        dangling.museum.test      MX  20 gone.museum.test
        dangling.museum.test      TXT "v=spf1 -all"
        undotted.museum.test      MX  10 mx.museum.test.undotted.museum.test
        undotted.museum.test      TXT "v=spf1 -all"
        onlygone.museum.test      MX  10 text.museum.test
        onlygone.museum.test      TXT "v=spf1 -all"
        private.museum.test       MX  10 inside.museum.test
        private.museum.test       TXT "v=spf1 -all"
        onlysix.museum.test       MX  10 six.museum.test
        onlysix.museum.test       TXT "v=spf1 -all"
        underscore.museum.test    MX  10 under_score.museum.test
        underscore.museum.test    TXT "v=spf1 -all"
        twice.museum.test         MX  10 mx.museum.test
        twice.museum.test         MX  20 mx.museum.test
        twice.museum.test         TXT "v=spf1 -all"
        onemachine.museum.test    MX  10 mx.museum.test
        onemachine.museum.test    MX  20 same.museum.test
        onemachine.museum.test    TXT "v=spf1 -all"
        xn--r8jz45g.museum.test   MX  10 mx.museum.test
        xn--r8jz45g.museum.test   TXT "v=spf1 -all"
        \((10...69).map { "many.museum.test MX \($0) h\($0).museum.test\nh\($0).museum.test A 203.0.113.\($0)" }
            .joined(separator: "\n"))
        many.museum.test          TXT "v=spf1 mx -all"

        """

    private static let senders: String = {
        let domains: [(String, [String])] = [
            ("spfnone", ["hello"]), ("spfnear", [" v=spf1 mx -all"]), ("spfbehindtext", ["hello v=spf1 mx -all"]),
            ("spftwo", ["v=spf1 mx -all", "v=spf1 -all"]),
            ("spfsyntax", ["v=spf1 ip4:192.0.2.300 -all"]), ("spfall", ["v=spf1 +all"]),
            ("spfneutral", ["v=spf1 ?all"]), ("spfsoft", ["v=spf1 ~all"]),
            ("spfopen", ["v=spf1 mx"]), ("spfbehind", ["v=spf1 -all mx"]), ("spfptr", ["v=spf1 ptr -all"]),
            ("spfvoid", ["v=spf1 a:v1.museum.test a:v2.museum.test exists:v3.museum.test -all"]),
            ("spfloop", ["v=spf1 include:spfloop2.museum.test -all"]),
            ("spfloop2", ["v=spf1 include:spfloop.museum.test -all"]),
            ("spfgone", ["v=spf1 include:gone.museum.test -all"]),
            ("spfinctwo", ["v=spf1 include:spftwo.museum.test -all"]),
            (
                "spfmany",
                [
                    "v=spf1 " + (1...12).map { "include:inc\($0).museum.test \($0 == 6 ? "\" \"" : "")" }.joined()
                        + "-all"
                ]
            ),
            ("spfdeep", ["v=spf1 include:deep1.museum.test -all"]),
            ("spfglued", ["v=spf1 include:inc1.museum.test\" \"include:inc2.museum.test -all"]),
            ("spfcut", ["v=spf1 include:inc1.muse\" \"um.test -all"]),
            (
                "spflong",
                [
                    "v=spf1 \" \"" + (10...39).map { "ip4:192.0.2.\($0)/32 \($0 % 8 == 0 ? "\" \"" : "")" }.joined()
                        + "\" \"-all"
                ]
            ),
            ("spfbroken", ["v=spf1 include:servfail.museum.test -all"]),
        ]
        var lines = domains.flatMap { name, texts in
            ["\(name).museum.test MX 10 mx.museum.test"] + texts.map { "\(name).museum.test TXT \"\($0)\"" }
        }
        lines += (1...12).map { "inc\($0).museum.test TXT \"v=spf1 ip4:198.51.100.\($0) -all\"" }
        lines += (1...7).map { "deep\($0).museum.test TXT \"v=spf1 include:deep\($0 + 1).museum.test -all\"" }
        lines += [
            "spfoldtype.museum.test MX 10 mx.museum.test", "spfoldtype.museum.test SPF \"v=spf1 mx -all\"",
            "spfundotted.museum.test MX 10 mx.museum.test",
            "spfundotted.museum.test.spfundotted.museum.test TXT \"v=spf1 mx -all\"",
        ]
        lines.append("deep8.museum.test TXT \"v=spf1 ip4:198.51.100.0/24 -all\"")
        return lines.joined(separator: "\n") + "\n"
    }()

    private static let policies: String = {
        let domains: [(String, [String])] = [
            ("dmarctwo", ["v=DMARC1; p=none", "v=DMARC1; p=reject"]),
            ("dmarcnop", ["v=DMARC1; rua=mailto:a@museum.test"]),
            ("dmarcnone", ["v=DMARC1; p=none"]), ("dmarcold", ["v=DMARC1; p=reject; pct=50; rf=afrf; ri=3600"]),
            ("dmarcweak", ["v=DMARC1; p=reject; sp=none"]), ("dmarctest", ["v=DMARC1; p=reject; t=y"]),
            ("dmarctypo", ["v=DMARC1 p=reject"]), ("dmarcext", ["v=DMARC1; p=reject; rua=mailto:a@reports.example"]),
            ("dmarcextok", ["v=DMARC1; p=reject; rua=mailto:a@ok.example"]),
            ("dmarcvalue", ["v=DMARC1; p=reject; adkim=strict"]), ("dmarcstray", ["v=DMARC1; p=reject; aspf"]),
            ("dmarcrepeat", ["v=DMARC1; p=reject; p=none"]), ("dmarcunknown", ["v=DMARC1; p=reject; colour=red"]),
            ("dmarcrua", ["v=DMARC1; p=reject; rua=a@museum.test"]),
        ]
        var lines = domains.flatMap { name, texts in
            ["\(name).museum.test MX 10 mx.museum.test", "\(name).museum.test TXT \"v=spf1 -all\""]
                + texts.map { "_dmarc.\(name).museum.test TXT \"\($0)\"" }
        }
        lines += [
            "dmarcapex.museum.test MX 10 mx.museum.test", "dmarcapex.museum.test TXT \"v=spf1 -all\"",
            "dmarcapex.museum.test TXT \"v=DMARC1; p=reject\"",
            "dmarcbare.museum.test MX 10 mx.museum.test", "dmarcbare.museum.test TXT \"v=spf1 -all\"",
            "dmarc.dmarcbare.museum.test TXT \"v=DMARC1; p=reject\"",
            "dmarcundotted.museum.test MX 10 mx.museum.test", "dmarcundotted.museum.test TXT \"v=spf1 -all\"",
            "_dmarc.dmarcundotted.museum.test.dmarcundotted.museum.test TXT \"v=DMARC1; p=reject\"",
            "ststwo.museum.test MX 10 mx.museum.test",
            "ststwo.museum.test TXT \"v=spf1 -all\"", "_mta-sts.ststwo.museum.test TXT \"v=STSv1; id=1;\"",
            "_mta-sts.ststwo.museum.test TXT \"v=STSv1; id=2;\"", "stsid.museum.test MX 10 mx.museum.test",
            "stsid.museum.test TXT \"v=spf1 -all\"", "_mta-sts.stsid.museum.test TXT \"v=STSv1; id=2026-01-01;\"",
            "tlsrpttwo.museum.test MX 10 mx.museum.test", "tlsrpttwo.museum.test TXT \"v=spf1 -all\"",
            "_smtp._tls.tlsrpttwo.museum.test TXT \"v=TLSRPTv1; rua=mailto:a@museum.test\"",
            "_smtp._tls.tlsrpttwo.museum.test TXT \"v=TLSRPTv1; rua=mailto:b@museum.test\"",
            "tlsrptbad.museum.test MX 10 mx.museum.test", "tlsrptbad.museum.test TXT \"v=spf1 -all\"",
            "_smtp._tls.tlsrptbad.museum.test TXT \"v=TLSRPTv1; rua=ftp://museum.test\"",
            "zone ok.example", "dmarcextok.museum.test._report._dmarc.ok.example TXT \"v=DMARC1;\"",
        ]
        return lines.joined(separator: "\n") + "\n"
    }()

    private static let answers = """
        zone servfail.museum.test servfail
        zone refused.museum.test refused
        zone lame.museum.test lame
        zone malformed.museum.test malformed
        zone silent.museum.test silent
        zone list.museum.test
        2.0.0.127.list.museum.test  A   127.0.0.2
        99.2.0.192.list.museum.test A   127.0.0.4
        99.2.0.192.list.museum.test TXT "seen sending"
        zone dead.museum.test
        zone all.museum.test
        2.0.0.127.all.museum.test   A   127.0.0.2
        1.0.0.127.all.museum.test   A   127.0.0.2
        99.2.0.192.all.museum.test  A   127.0.0.2
        zone blocked.museum.test
        2.0.0.127.blocked.museum.test A 127.255.255.254
        99.2.0.192.blocked.museum.test A 127.255.255.254
        zone parked.museum.test
        2.0.0.127.parked.museum.test  A 203.0.113.80
        1.0.0.127.parked.museum.test  A 203.0.113.80
        99.2.0.192.parked.museum.test A 203.0.113.80
        zone clean.museum.test
        2.0.0.127.clean.museum.test A 127.0.0.2

        """
}
