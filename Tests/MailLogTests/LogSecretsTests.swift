import MailLog
import TestSupport
import Testing

@Suite("Secrets in log lines")
struct LogSecretsTests {
    @Test(
        "masks what a client sent behind AUTH, and nothing else",
        arguments: [
            (
                "smtp failed-command command=\"AUTH PLAIN AGFsaWNlAHNlY3JldA==\" result=\"535 no\"",
                "smtp failed-command command=\"AUTH PLAIN [redacted]\" result=\"535 no\""
            ),
            ("< mx[192.0.2.7]: auth login YWxpY2U=", "< mx[192.0.2.7]: auth login [redacted]"),
            (
                "improper command: AUTH  SCRAM-SHA-256\tbiwsbj11c2Vy!",
                "improper command: AUTH  SCRAM-SHA-256\t[redacted]!"
            ),
            (
                "failed-command command=\"c2VjcmV0MTI=\" result=\"535\"",
                "failed-command command=\"[redacted]\" result=\"535\""
            ),
            (
                "failed-command command=\"STARTTLS\" result=\"503\"",
                "failed-command command=\"STARTTLS\" result=\"503\""
            ),
            ("SASL AUTH LOGIN failed", "SASL AUTH LOGIN failed"),
            (
                "user cisco using AUTH mechanism: LOGIN with profile: x",
                "user cisco using AUTH mechanism: LOGIN with profile: x"
            ),
            ("SMTPAUTH PLAIN AGFs", "SMTPAUTH PLAIN AGFs"),
            ("two: AUTH PLAIN AGEAYg== AUTH LOGIN YQ==", "two: AUTH PLAIN [redacted] AUTH LOGIN [redacted]"),
            ("AUTH PLAIN", "AUTH PLAIN"),
        ])
    func masks(line: String, shown: String) {
        #expect(String(decoding: LogSecrets.masked(Array(line.utf8)), as: UTF8.self) == shown)
    }

    @Test("never traps on random bytes")
    func random() {
        var bytes = SeededBytes(seed: 4)
        for _ in 0..<2000 {
            let noise = bytes.bytes(40)
            _ = LogSecrets.masked(Array("AUTH PLAIN ".utf8) + noise + Array(" command=\"".utf8))
            _ = LogSecrets.masked(noise)
        }
    }
}
