import MailVocabulary
import Testing

@Suite("IP address")
struct IPAddressTests {
    @Test("prints what it read, in the shortest form of RFC 5952")
    func printing() {
        let pairs = [
            ("192.0.2.25", "192.0.2.25"), ("2001:db8:0:0:0:0:0:25", "2001:db8::25"), ("::1", "::1"), ("::", "::"),
            ("2001:DB8:0:1:0:0:0:0", "2001:db8:0:1::"), ("::ffff:192.0.2.1", "::ffff:c000:201"),
        ]
        for (text, expected) in pairs { #expect(IPAddress(text)?.description == expected) }
    }

    @Test("refuses what is no address")
    func refusing() {
        for text in [
            "", "1.2.3", "256.1.1.1", "1.2.3.4.5", "+1.2.3.4", ":::", "1::2::3", "12345::", "[::1]", "1.2.3.4%lo",
        ] {
            #expect(IPAddress(text) == nil, "\(text)")
        }
    }

    @Test("knows its reverse name")
    func reverse() {
        #expect(IPAddress("10.2.3.4")?.reverseName == "4.3.2.10.in-addr.arpa")
        #expect(IPAddress("2001:db8::1")?.reverseName.hasPrefix("1.0.0.0.") == true)
    }

    @Test("knows which addresses nobody elsewhere can reach")
    func privacy() {
        for text in [
            "127.0.0.9", "10.1.1.1", "172.31.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "::1", "fe80::1",
            "fd00::1",
        ] {
            #expect(IPAddress(text)?.isPrivate == true, "\(text)")
        }
        for text in ["192.0.2.1", "172.32.0.1", "100.128.0.1", "2001:db8::1"] {
            #expect(IPAddress(text)?.isPrivate == false, "\(text)")
        }
    }
}
