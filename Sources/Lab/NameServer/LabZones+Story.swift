import DNS
import MailVocabulary

extension LabZones {
    /// The zones of the demonstration: a mail domain that is all right, one domain for each fault, and reverse zones, some of them
    /// silent.
    ///
    /// - Parameters:
    ///   - gateway: the address of `mx1.example.test`.
    ///   - backup: the address of `mx2.example.test`.
    ///   - silent: the addresses whose reverse zones have servers that never answer.
    public static func story(
        gateway: IPAddress = .loopback, backup: IPAddress = IPAddress(v4: 127, 0, 0, 2),
        silent: [IPAddress] = [IPAddress(v4: 127, 0, 0, 9)]
    ) -> LabZones {
        let text = """
            zone .
            signed 336
            . NS ns.test
            ns.test A 127.0.0.1

            ; mail as it should be
            zone example.test
            signed 336
            example.test        NS  ns.example.test
            ns.example.test     A   127.0.0.1
            example.test        MX  10 mx1.example.test
            example.test        MX  20 mx2.example.test
            example.test        TXT "v=spf1 mx -all"
            _dmarc.example.test TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.test"
            mx1.example.test    A   \(gateway)
            mx2.example.test    A   \(backup)
            client.example.test A   127.0.0.3

            ; a domain that takes no mail, and says so
            zone null.test
            null.test           MX  0 .
            null.test           TXT "v=spf1 -all"

            ; no MX, with and without an address to fall back to
            zone implicit.test
            implicit.test       A   \(gateway)
            zone nomail.test
            nomail.test         TXT "nothing here takes mail"

            zone two-spf.test
            two-spf.test        MX  10 mx1.example.test
            two-spf.test        TXT "v=spf1 mx -all"
            two-spf.test        TXT "v=spf1 include:example.test ~all"

            ; exchangers that are an alias, a circle, a ghost, an address
            zone alias.test
            alias.test          MX  10 mail.alias.test
            mail.alias.test     CNAME mx1.example.test
            zone loop.test
            loop.test           MX  10 a.loop.test
            a.loop.test         CNAME b.loop.test
            b.loop.test         CNAME a.loop.test
            zone ghost.test
            ghost.test          MX  10 mx.gone.test
            ghost.test          MX  20 mx1.example.test
            zone address.test
            address.test        MX  10 192.0.2.25

            ; text that would command a terminal, names that would too
            zone hostile.test
            hostile.test        MX  10 mx1.example.test
            hostile.test        MX  20 \\027[31mred.hostile.test
            hostile.test        TXT "v=spf1 \\027[2J\\027]0;owned\\007 -all"
            hostile.test        TXT "\\226\\128\\174backwards \\155\\051\\049m"

            ; more text than a datagram holds
            zone large.test
            large.test          MX  10 mx1.example.test
            large.test          TXT "v=spf1 mx -all"
            \(filler)

            ; the kinds of no answer
            zone broken.test servfail
            zone refused.test refused
            zone lame.test lame
            zone malformed.test malformed
            zone silent.test silent
            zone slow.test late 2000
            slow.test           MX  10 mx1.example.test

            ; reverse zones
            zone 127.in-addr.arpa
            3.0.0.127.in-addr.arpa PTR client.example.test
            4.0.0.127.in-addr.arpa PTR mx1.example.test
            zone \(DNSName(reverse: gateway))
            \(DNSName(reverse: gateway)) PTR mx1.example.test
            zone \(DNSName(reverse: backup))
            \(DNSName(reverse: backup)) PTR mx2.example.test
            \(silent.map { "zone \(DNSName(reverse: $0)) silent" }.joined(separator: "\n"))
            """
        do {
            return LabZones(zones: try ZoneText.zones(text))
        } catch {
            preconditionFailure(error.description)
        }
    }

    private static var filler: String {
        let line = String(repeating: "x", count: 80)
        return (1...40).map { "large.test TXT \"filler \($0) \(line)\"" }.joined(separator: "\n")
    }
}
