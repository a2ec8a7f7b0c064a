import Canvas
import Dashboard
import SMTP
import Testing

@Suite("Mask")
struct MaskTests {
    private let mask = Mask(salt: 7)

    @Test("hides local parts and addresses of both families, and nothing else")
    func hides() {
        for (text, rest) in [
            ("RCPT TO:<user@example.test>", "@example.test>"), ("from 192.0.2.25:25", ":25"),
            ("connect from mx[192.0.2.9]", "mx["), ("[IPv6:2001:db8::25]", "[IPv6:"),
            ("ip-192-0-2-25.pool.example.test", ".pool.example.test"), ("25.2.0.192.in-addr.arpa", ".in-addr.arpa"),
            ("user.name+tag@example.test, other@example.test", ", "),
        ] {
            let hidden = mask.hide(text)
            #expect(hidden != text && hidden.contains(rest), "\(hidden)")
            for secret in ["user", "192.0.2.25", "192.0.2.9", "2001:db8", "192-0-2-25", "25.2.0.192", "other", "tag"] {
                #expect(!hidden.contains(secret), "\(secret) in \(hidden)")
            }
        }
        for text in [
            "19:40:07 ICID 881", "mx1.example.test ESMTP", "250 2.1.5 ok", "TLSv1.3", "127.0.0.1:25", "a @ b", "",
            "SIZE 33554432", "MID 214 ready 412 bytes", "C> EHLO probe.example.net", "5.1.1", "1.2.3",
        ] { #expect(mask.hide(text) == text) }
    }

    @Test("the same has the same name wherever it stands, and another one in another run")
    func consistent() {
        let one = mask.hide("<user@example.test>").dropFirst().prefix { $0 != "@" }
        #expect(mask.hide("to=USER@other.test").hasPrefix("to=\(one)@"))
        #expect(mask.hide("192.0.2.25") == mask.hide("192-0-2-25"))
        #expect(mask.hide("2001:db8::1") == mask.hide("2001:db8:0:0:0:0:0:1"))
        #expect(mask.hide("192.0.2.25") != Mask(salt: 8).hide("192.0.2.25"))
        #expect(mask.hide("a@b.test") != mask.hide("c@b.test"))
    }

    @Test("random bytes never trap, and hiding twice changes nothing more")
    func random() {
        var state: UInt64 = 3
        let letters = Array("aF0:.-@=[]<> 1\u{E9}x".utf8) + [0xFF, 0x00]
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return letters[Int(state >> 33) % letters.count]
            }
            _ = mask.hide(bytes)
        }
    }
}

@Suite("Privacy and reports")
struct ReportTests {
    private func story() -> Story {
        var story = Story(100, 30)
        story.rehearse()
        story.deliver()
        story.log(Logs.delivered)
        return story
    }

    @Test("P hides local parts and addresses on every screen, and shows them again")
    func privacy() {
        var story = story()
        #expect(story.screen.contains("user@example.test"))
        story.press(.character("P"))
        #expect(story.screen.contains("PRIVATE"))
        for key in [Key.character("1"), .character("2"), .character("3"), .character("4"), .character("S")] {
            story.press(key, .character("z"))
            for secret in ["user@", "probe@", "192.0.2.25", "198.51.100.7"] {
                #expect(!story.screen.contains(secret), "\(secret):\n\(story.screen)")
            }
            story.press(.character("z"))
        }
        story.press(.escape, .character("P"), .character("1"))
        #expect(story.screen.contains("user@example.test"))
    }

    @Test("x writes the form that was chosen, under a name that fits it")
    func forms() {
        for (tabs, end, start) in [
            (0, ".md", "# Porthole report"), (1, ".html", "<!DOCTYPE html>"), (2, ".json", "{\n  \"version\": 1"),
            (3, ".txt", "Porthole report\n==="),
        ] {
            var story = story()
            story.press(.character("x"))
            for _ in 0..<tabs { story.press(.tab) }
            story.press(.enter)
            guard case .export(let path, let isChosen, let text)? = story.effects.last else {
                Issue.record("nothing is written for \(end)")
                continue
            }
            #expect(path == "porthole-mx1.example.test\(end)" && !isChosen)
            #expect(text.hasPrefix(start), "\(text.prefix(200))")
            for words in ["user@example.test", "Message 214 accepted", "198.51.100.7"] {
                #expect(text.contains(words), "\(end) lacks \(words)")
            }
        }
    }

    @Test("a report hides the same names as the screen, in every form")
    func privateReport() {
        var story = story()
        story.press(.character("P"))
        for format in ReportFormat.allCases {
            let text = story.dashboard.report(as: format, isPrivate: true)
            for secret in ["user@", "probe@", "192.0.2.25", "198.51.100.7"] {
                #expect(!text.contains(secret), "\(format): \(secret)")
            }
        }
        story.press(.character("x"), .control("p"))
        #expect(story.screen.contains("as they are"))
    }

    @Test("a report of a session that goes on says that nothing was refused, not how far it is")
    func openConclusion() {
        var story = Story()
        story.rehearse()
        let report = story.dashboard.report(as: .text)
        #expect(report.contains("nothing was refused, and the connection is open"), "\(report)")
    }

    @Test("what a server says is no markup")
    func markup() {
        var story = Story()
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.reply(550, "<script>alert(1)</script> |```| [x](http://x)", .hello, to: "EHLO probe.example.net")
        #expect(!story.dashboard.report(as: .html).contains("<script>"))
        #expect(story.dashboard.report(as: .markdown).contains("````\n"))
        #expect(!story.dashboard.report(as: .markdown).contains("| <script>"))
    }

    @Test(":export goes by the name's end, and says which there are")
    func ends() {
        var story = story()
        story.press(.character(":"))
        story.type("export /tmp/one.html")
        story.press(.enter)
        #expect(
            story.effects.last.map { if case .export("/tmp/one.html", true, _) = $0 { true } else { false } } == true)
        story.press(.character(":"))
        story.type("export /tmp/one.pdf")
        story.press(.enter)
        #expect(story.dashboard.notice?.text.contains(".md, .html, .json, .txt") == true)
    }
}
