import Canvas
import Dashboard
import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

/// The dialogs and lists as text, at both sizes.
extension FrameTests {
    @Test("the options form: envelope at 80x24, TLS at 120x40, and the overview of what differs")
    func options() throws {
        var story = Story()
        story.press(.character("e"))
        try compare(story, "options-envelope-80x24")
        story = Story(120, 40)
        (story.dashboard.settings.tls, story.dashboard.settings.pipelines) = (.required, true)
        story.press(.character("e"), .pageDown)
        try compare(story, "options-tls-120x40")
        story.press(.pageUp, .pageUp)
        try compare(story, "options-overview-120x40")
    }

    @Test("the password and the question before it at 80x24")
    func login() throws {
        var story = Story()
        story.dashboard.settings.authentication = AuthenticationPlan(
            mechanism: .plain, user: "probe@example.net", channel: .any)
        story.press(.character("o"))
        try compare(story, "login-in-the-clear-80x24")
        story.pass(.milliseconds(301))
        story.press(.character("A"))
        story.type("secret")
        try compare(story, "password-80x24")
    }

    @Test("the MX matrix at 80x24 and 120x40")
    func matrix() throws {
        try compare(MatrixTests.story(), "matrix-80x24")
        try compare(MatrixTests.story(120, 40), "matrix-120x40")
    }

    @Test("two sessions side by side at 80x24 and 120x40, and the report dialog")
    func runs() throws {
        for (columns, rows) in [(80, 24), (120, 40)] {
            var story = RunsTests.twice(columns, rows)
            story.press(.character("V"))
            try compare(story, "comparison-\(columns)x\(rows)")
            story.press(.escape, .character("x"))
            try compare(story, "report-dialog-\(columns)x\(rows)")
        }
    }

    @Test("several logs and a private screen at 120x40")
    func logs() throws {
        var story = Story(120, 40)
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        story.effects += story.dashboard.follow(log: "cmd:ssh gw2 tail -F /var/log/mail.log")
        story.act(
            .followed(
                source: 1,
                .gap(
                    "cmd:ssh gw2 stopped with status 255: starting it again in 1 s; lines that are written meanwhile are missing here"
                )))
        story.press(.character(":"))
        story.type("log")
        story.press(.enter)
        try compare(story, "logs-120x40")
        story.press(.escape, .character("t"), .character("P"))
        try compare(story, "private-120x40")
    }
}
