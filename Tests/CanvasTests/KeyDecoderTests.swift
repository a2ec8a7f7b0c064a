import Testing

@testable import Canvas

@Suite("Key decoder")
struct KeyDecoderTests {
    private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

    private func keys(_ bytes: [UInt8]) -> [Key] {
        var decoder = KeyDecoder()
        return decoder.feed(bytes, now: .zero) + decoder.tick(now: .seconds(60))
    }

    @Test("reads characters, controls and editing keys")
    func plain() {
        #expect(keys("a日📧") == [.character("a"), .character("日"), .character("📧")])
        #expect(
            keys("\r\t\u{7F}\u{8}\u{3}\u{1A}\0\u{1F}\n") == [
                .enter, .tab, .backspace, .backspace, .control("c"), .control("z"), .control("@"), .control("_"),
                .control("j"),
            ])
        #expect(keys("\u{1B}x\u{1B}\u{7F}") == [.alt("x"), .alt("\u{7F}")])
    }

    @Test(
        "reads the keys of xterm, VT220, rxvt and the Linux console",
        arguments: [
            ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .right), ("\u{1B}[D", .left),
            ("\u{1B}[H", .home),
            ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete),
            ("\u{1B}[4~", .end),
            ("\u{1B}[5~", .pageUp), ("\u{1B}[6;2~", .pageDown), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)),
            ("\u{1B}[1;2S", .function(4)), ("\u{1B}[15~", .function(5)), ("\u{1B}[21~", .function(10)),
            ("\u{1B}[24~", .function(12)), ("\u{1B}[[C", .function(3)), ("\u{1B}[I", .focusGained),
            ("\u{1B}[O", .focusLost), ("\u{1B}[97;5u", .control("a")), ("\u{1B}[13u", .enter), ("\u{1B}OM", .enter),
            ("\u{1B}[<0;240;7M", .mouse(button: 0, column: 239, row: 6, isPressed: true)),
            ("\u{1B}[<65;1;1m", .mouse(button: 65, column: 0, row: 0, isPressed: false)),
        ] as [(String, Key)])
    func sequences(_ text: String, _ key: Key) {
        #expect(keys(text) == [key])
        #expect(keys(text + "q") == [key, .character("q")])
    }

    @Test(
        "swallows what a terminal answers, to the last byte",
        arguments: [
            "\u{1B}[?64;1;2c", "\u{1B}[>41;380;0c", "\u{1B}[12;40R", "\u{1B}]11;rgb:1010/1616/1d1d\u{7}",
            "\u{1B}]52;c;U1NTUw==\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}[?2004;1$y",
            "\u{1B}[M !!", "\u{1B}[9999999999999999999999~", "\u{1B}[200;1~", "\u{1B}[27;5;97~",
        ])
    func answers(_ text: String) {
        #expect(keys(text + "q") == [.character("q")])
    }

    @Test("tells a lone ESC from the start of a sequence by time")
    func escape() {
        var decoder = KeyDecoder(escapeDelay: .milliseconds(50))
        #expect(decoder.feed([0x1B], now: .zero).isEmpty)
        #expect(decoder.deadline == .milliseconds(50))
        #expect(decoder.tick(now: .milliseconds(49)).isEmpty)
        #expect(decoder.tick(now: .milliseconds(50)) == [.escape])
        #expect(decoder.deadline == nil)
        #expect(decoder.feed([0x1B], now: .milliseconds(60)).isEmpty)
        #expect(decoder.feed(Array("OA".utf8), now: .milliseconds(70)) == [.up])
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
        #expect(keys("\u{1B}\r") == [.escape, .enter])
    }

    @Test("waits for the rest of a character as long as it takes")
    func splitCharacter() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([0xE6], now: .zero).isEmpty)
        #expect(decoder.deadline == nil)
        #expect(decoder.feed([0x97], now: .seconds(3)).isEmpty)
        #expect(decoder.feed([0xA5], now: .seconds(6)) == [.character("日")])
        #expect(decoder.feed([0xE6, 0x97, 0x71], now: .seconds(9)) == [.character("q")])
        #expect(keys([0xFF, 0xC0, 0x80, 0xC2, 0x9B, 0x61]) == [.character("a")])
    }

    @Test("hands over a paste as one key, whatever stands in it")
    func paste() {
        #expect(
            keys("\u{1B}[200~q\r\nS\u{1B}[A\r\u{1B}[20\u{1B}[201~x") == [
                .paste("q\nS\u{1B}[A\n\u{1B}[20"), .character("x"),
            ])
        #expect(keys("\u{1B}[200~\u{1B}[201~") == [.paste("")])
    }

    @Test("keeps one mebibyte of a paste and still finds its end")
    func longPaste() {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array("\u{1B}[200~".utf8), now: .zero).isEmpty)
        let part = [UInt8](repeating: 0x61, count: 1 << 19)
        for _ in 0..<4 { #expect(decoder.feed(part, now: .zero).isEmpty) }
        let keys = decoder.feed(Array("\u{1B}[201~q".utf8), now: .zero)
        guard case .paste(let text) = keys.first else {
            Issue.record("no paste but \(keys)")
            return
        }
        #expect(text.utf8.count == KeyDecoder.mostPasted)
        #expect(keys.last == .character("q"))
    }

    @Test("gives up a paste that never ends after a long silence")
    func endlessPaste() {
        var decoder = KeyDecoder()
        _ = decoder.feed(Array("\u{1B}[200~abc".utf8), now: .zero)
        #expect(decoder.tick(now: .seconds(29)).isEmpty)
        #expect(decoder.tick(now: .seconds(30)) == [.paste("abc")])
        #expect(decoder.feed([0x71], now: .seconds(31)) == [.character("q")])
    }

    @Test("reads the same keys however the bytes are cut")
    func everyChunking() {
        let bytes = Array(
            "a日\u{1B}[A\u{1B}[1;5C\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[200~x\u{1B}[Ay\u{1B}[201~\u{1B}OP\u{1B}[<0;3;4Mz"
                .utf8)
        let whole = keys(bytes)
        #expect(whole.count == 8)
        for cut in bytes.indices {
            var decoder = KeyDecoder()
            let parts = decoder.feed(bytes[..<cut], now: .zero) + decoder.feed(bytes[cut...], now: .zero)
            #expect(parts == whole)
        }
        var decoder = KeyDecoder()
        #expect(bytes.flatMap { decoder.feed([$0], now: .zero) } == whole)
    }

    @Test("survives random bytes and is ready again afterwards")
    func randomBytes() {
        var random = RandomBytes(seed: 7)
        var now = Duration.zero
        for _ in 0..<10_000 {
            var decoder = KeyDecoder()
            for _ in 0..<4 {
                _ = decoder.feed(random.bytes(most: 24), now: now)
                now += .milliseconds(10)
                if Bool.random(using: &random) { _ = decoder.tick(now: now) }
            }
            now += .seconds(31)
            _ = decoder.tick(now: now)
            #expect(decoder.feed(Array("q".utf8), now: now) == [.character("q")])
        }
    }
}
