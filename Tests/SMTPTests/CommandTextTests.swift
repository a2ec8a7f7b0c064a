import SMTP
import Testing

@Suite("Command text")
struct CommandTextTests {
    @Test(
        "knows the stage of whatever is typed",
        arguments: [
            ("EHLO probe.example.net", SessionStage.hello), ("helo", .hello), ("StartTLS", .startTLS),
            ("mail from: <a@b>", .sender), ("MAIL FROM:<>", .sender),
            ("rcpt to:<a@b> NOTIFY=success,failure", .recipient),
            ("data", .data), ("RSET", .reset), ("quit", .quit), ("auth login", .authenticate), ("NOOP", .other),
            ("", .other), ("  ehlo x", .hello), ("XDFN 1", .other), ("MAILFROM", .other),
        ])
    func knowsStage(line: String, stage: SessionStage) throws { #expect(try CommandText(typed: line).stage == stage) }

    @Test("keeps the line exactly as typed")
    func keepsLine() throws { #expect(try CommandText(typed: "mail  from: <a@b> ").line == "mail  from: <a@b> ") }

    @Test(
        "refuses what would not be one line, in a sentence",
        arguments: [
            ("NOOP\r\nQUIT", "the line holds a carriage return, and would become more than one line"),
            ("NOOP\nQUIT", "the line holds a line feed, and would become more than one line"),
            ("NOOP\u{0}", "the line holds a NUL, which SMTP does not allow"),
        ])
    func refuses(line: String, sentence: String) {
        do {
            _ = try CommandText(typed: line)
            Issue.record("was taken")
        } catch { #expect(error.description == sentence) }
    }

    @Test(
        "finds the path in MAIL and RCPT",
        arguments: [
            ("MAIL FROM:<a@b> SIZE=1", "a@b"), ("mail from: a@b", "a@b"), ("MAIL FROM:<>", ""), ("RCPT TO:", nil),
            ("RCPT TO:<a@b", "<a@b"), ("NOOP", nil),
        ] as [(String, String?)])
    func findsPath(line: String, path: String?) { #expect(CommandText.path(in: line) == path) }
}
