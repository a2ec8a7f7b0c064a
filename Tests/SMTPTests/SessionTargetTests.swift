import MailVocabulary
import SMTP
import Testing

@Suite("Session target")
struct SessionTargetTests {
    @Test(
        "reads what operators type",
        arguments: [
            ("mx1.example.test", SessionTarget(.host("mx1.example.test"))),
            ("  mx1.example.test\t", SessionTarget(.host("mx1.example.test"))),
            ("mx1.example.test:2525", SessionTarget(.host("mx1.example.test"), port: 2525)),
            ("192.0.2.25", SessionTarget(.host("192.0.2.25"))),
            ("192.0.2.25:587", SessionTarget(.host("192.0.2.25"), port: 587)),
            ("2001:db8::25", SessionTarget(.host("2001:db8::25"))),
            ("[2001:db8::25]", SessionTarget(.host("2001:db8::25"))),
            ("[2001:db8::25]:2525", SessionTarget(.host("2001:db8::25"), port: 2525)),
            ("smtp://mx1.example.test", SessionTarget(.host("mx1.example.test"))),
            ("smtps://mx1.example.test", SessionTarget(.host("mx1.example.test"), port: 465, implicitTLS: true)),
            ("SMTPS://[::1]:10465/", SessionTarget(.host("::1"), port: 10465, implicitTLS: true)),
            ("mx1.example.test:465", SessionTarget(.host("mx1.example.test"), port: 465, implicitTLS: true)),
            ("@example.test", SessionTarget(.domain("example.test"))),
            (
                "user@example.test",
                SessionTarget(.domain("example.test"), recipient: Mailbox(localPart: "user", domain: "example.test"))
            ),
            (
                "user@example.test:2525",
                SessionTarget(
                    .domain("example.test"), port: 2525, recipient: Mailbox(localPart: "user", domain: "example.test"))
            ),
            (
                "user@[192.0.2.25]",
                SessionTarget(.host("192.0.2.25"), recipient: Mailbox(localPart: "user", domain: "[192.0.2.25]"))
            ),
            ("my_esa.local", SessionTarget(.host("my_esa.local"))),
            ("example.test.", SessionTarget(.host("example.test."))),
        ])
    func reads(text: String, target: SessionTarget) throws {
        #expect(try SessionTarget(parsing: text) == target)
        #expect(try SessionTarget(parsing: target.typed) == target)
    }

    @Test(
        "says in one sentence what is wrong",
        arguments: [
            ("", "the target is empty; give a host, host:port or user@domain"),
            ("   ", "the target is empty; give a host, host:port or user@domain"),
            ("mx1 25", "the target holds a blank; write host:port for another port"),
            ("mx1\r\nQUIT", "the target holds a control character"),
            ("mx1:", "“” is not a port; a port is a number from 1 to 65535"),
            ("mx1:70000", "“70000” is not a port; a port is a number from 1 to 65535"),
            ("mx1:+25", "“+25” is not a port; a port is a number from 1 to 65535"),
            ("mx1:25x", "“25x” is not a port; a port is a number from 1 to 65535"),
            ("http://mx1", "http:// is not a way to speak SMTP; use smtp:// or smtps://"),
            ("[2001:db8::25", "the bracket before the address is not closed"),
            ("[mx1]", "[mx1] is not an address"),
            ("2001:db8:::25", "2001:db8:::25 is neither host:port nor an IPv6 address; write [v6]:port for both"),
            ("256.1.1.1", "256.1.1.1 is not an address: IPv4 has four numbers from 0 to 255"),
            ("user@", "there is no domain after the @, or a character that no address may have"),
            ("@", "there is no host name in the target"),
            ("a..b", "a..b is not a host name: a label between dots has 1 to 63 characters"),
            ("mx1/path", "mx1/path is not a host name: only letters, digits, hyphens and dots belong there"),
            ("例え.test", "例え.test has letters outside ASCII; give the name in its xn-- form"),
        ])
    func refuses(text: String, sentence: String) {
        #expect(throws: TargetFault.self) { try SessionTarget(parsing: text) }
        do { _ = try SessionTarget(parsing: text) } catch { #expect(error.description == sentence) }
    }
}
