import SMTP
import TestSupport
import Testing

@Suite("Transcript text")
struct TranscriptTextTests {
    @Test("shows both sides with their times, and no byte that a terminal would obey")
    func showsBothSides() {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.order(.run(upTo: .hello))
        story.receive("220-mx \u{1B}]0;owned\u{7}\r\n220 了解 \u{202E}ok\n")
        story.expect("EHLO probe.example.net")
        #expect(
            TranscriptText.text(of: story.record.events) == """
                    0.005  -- mx1.example.test is 192.0.2.25, 5 ms
                    0.005  -- connecting to mx1.example.test 192.0.2.25:25
                    0.010  -- connected from 198.51.100.4:40000 to 192.0.2.25:25, 5 ms
                    0.020  S: 220-mx \\x1b]0;owned\\x07
                           S: 220 了解 \\xe2\\x80\\xaeok
                           -- control-bytes: \\x1b \\x07
                           -- bare-line-feed: LF without CR
                           -- eight-bit-bytes: \\xe4 \\xba \\x86 \\xe8; UTF-8
                    0.020  C: EHLO probe.example.net

                """)
    }
}
