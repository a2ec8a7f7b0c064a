import MailLog
import Testing

@Suite("Secrets in log lines")
struct LoggedSecretTests {
    @Test(
        "what a client says to log in is not shown",
        arguments: [
            (
                "smtpd[1]: 2a35fc9ae4080d52 smtp failed-command command=\"AUTH PLAIN AHByb2JlAHNlY3JldA==\" result=\"535 no\"",
                "smtpd[1]: 2a35fc9ae4080d52 smtp failed-command command=\"AUTH PLAIN [redacted]\" result=\"535 no\""
            ),
            (
                "Info: 6 Rcvd from '198.51.100.4': 'c2VjcmV0\\015\\012'",
                "Info: 6 Rcvd from '198.51.100.4': '[redacted]\\015\\012'"
            ),
            (
                "Info: 6 Rcvd from '198.51.100.4': 'auth plain AHByb2Jl\\015\\012'",
                "Info: 6 Rcvd from '198.51.100.4': 'auth plain [redacted]\\015\\012'"
            ),
        ])
    func masked(_ line: String, _ shown: String) {
        #expect(String(decoding: LoggedSecret.masked(Array(line.utf8)), as: UTF8.self) == shown)
    }

    @Test(
        "other lines stay as they are",
        arguments: [
            "6 Sent to '198.51.100.4': '250-AUTH PLAIN LOGIN CRAM-MD5\\015\\012'",
            "6 Rcvd from '198.51.100.4': 'QUIT\\015\\012'",
            "SMTP Auth: (ICID 30) succeeded for user: cisco using AUTH mechanism: LOGIN with profile: ldap_smtp",
            "*,,Inbound AUTH LOGIN failed because of LogonDenied", "6 Rcvd from '198.51.100.4': 'AUTH LOGIN\\015\\012'",
            "auth ", "AUTH",
        ])
    func plain(_ line: String) {
        #expect(LoggedSecret.masked(Array(line.utf8)) == Array(line.utf8))
    }
}
