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
            (
                "smtpd[1]: 2a35fc9ae4080d52 smtp failed-command command=\"AUTH PLAIN AHByb2JlAHNlY3JldA==\" result=\"535 no\"",
                "smtpd[1]: 2a35fc9ae4080d52 smtp failed-command command=\"AUTH PLAIN [redacted]\" result=\"535 no\""
            ),
            (
                "Info: 6 Rcvd from '198.51.100.4': 'c2VjcmV0\\015\\012'",
                "Info: 6 Rcvd from '198.51.100.4': '[redacted]\\015\\012'"
            ),
            ("Info: 6 Sent: 'c2VjcmV0\\015\\012'", "Info: 6 Sent: '[redacted]\\015\\012'"),
            (
                "Info: 6 Rcvd from '198.51.100.4': 'auth plain AHByb2Jl\\015\\012'",
                "Info: 6 Rcvd from '198.51.100.4': 'auth plain [redacted]\\015\\012'"
            ),
            ("AUTH X-OWN AHByb2Jl", "AUTH X-OWN [redacted]"),
            (
                "command=\"AUTH LOGIN YQ==\" and 6 Rcvd from '198.51.100.4': 'c2VjcmV0'",
                "command=\"AUTH LOGIN [redacted]\" and 6 Rcvd from '198.51.100.4': '[redacted]'"
            ),
        ])
    func masks(line: String, shown: String) {
        #expect(String(decoding: LogSecrets.masked(Array(line.utf8)), as: UTF8.self) == shown)
    }

    @Test(
        "leaves other lines as they are",
        arguments: [
            "6 Sent to '198.51.100.4': '250-AUTH PLAIN LOGIN CRAM-MD5\\015\\012'",
            "6 Sent to '198.51.100.4': '250 AUTH PLAIN LOGIN CRAM-MD5\\015\\012'",
            "6 Rcvd from '198.51.100.4': 'QUIT\\015\\012'",
            "SMTP Auth: (ICID 30) succeeded for user: cisco using AUTH mechanism: LOGIN with profile: ldap_smtp",
            "*,,Inbound AUTH LOGIN failed because of LogonDenied", "6 Rcvd from '198.51.100.4': 'AUTH LOGIN\\015\\012'",
            "auth ", "AUTH",
        ])
    func plain(_ line: String) {
        #expect(LogSecrets.masked(Array(line.utf8)) == Array(line.utf8))
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
