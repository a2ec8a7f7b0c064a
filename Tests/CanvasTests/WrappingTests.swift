import Testing

@testable import Canvas

@Suite("Wrapping")
struct WrappingTests {
    private func lines(_ text: PrintableText, _ columns: Int) -> [String] { text.wrapped(to: columns).map(\.plain) }

    @Test("breaks at blanks and does not show them")
    func words() {
        #expect(lines("The server refused this recipient.", 12) == ["The server", "refused this", "recipient."])
        #expect(lines("fits", 4) == ["fits"])
        #expect(lines("fits  exactly", 4) == ["fits", "exac", "tly"])
        #expect(lines("", 4) == [""])
    }

    @Test("keeps the blanks a line begins with")
    func indent() {
        #expect(lines("  one two", 6) == ["  one", "two"])
    }

    @Test("splits a word that is longer than a line")
    func longWords() {
        #expect(lines("a verylongword b", 6) == ["a", "verylo", "ngword", "b"])
        #expect(lines("abcdefgh", 3) == ["abc", "def", "gh"])
    }

    @Test("breaks Japanese anywhere, but not before a full stop, a closing bracket or a small kana")
    func japanese() {
        #expect(lines("指定された受信者は存在しません。", 10) == ["指定された", "受信者は存", "在しませ", "ん。"])
        #expect(lines("宛先「東京」です", 10) == ["宛先「東", "京」です"])
        // No rule can be kept here: the word is cut where the line ends.
        #expect(lines("チェック", 4) == ["チェ", "ック"])
        for line in PrintableText(untrusted: "メッセージをチェックしました、エラー（５５０）。").wrapped(to: 8).dropFirst() {
            #expect(!["、", "。", "）", "ッ", "ェ", "ー"].contains(line.plain.unicodeScalars.first))
        }
    }

    @Test("does not leave an opening bracket at the end of a line")
    func opening() {
        #expect(lines("東京都「あ」", 8) == ["東京都", "「あ」"])
    }

    @Test("breaks between Latin words and Japanese ones")
    func mixed() {
        #expect(lines("550は永続的な失敗", 7) == ["550は永", "続的な", "失敗"])
    }

    @Test("puts one glyph on a line when not even that fits")
    func narrow() {
        #expect(lines("日本", 1) == ["日", "本"])
    }

    @Test("loses nothing but blanks at any width", arguments: 1...40)
    func nothingLost(_ columns: Int) {
        let text: PrintableText = "RCPT TO:<利用者@example.test> は 550 5.1.1 で拒否されました（「User unknown」）。next step"
        let joined = text.wrapped(to: columns).map(\.plain).joined().filter { $0 != " " }
        #expect(joined == text.plain.filter { $0 != " " })
    }
}
