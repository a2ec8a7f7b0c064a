import MailVocabulary
import Testing

@Suite("Charset guess")
struct CharsetGuessTests {
    /// What a server wanted to say, its charset, and what it sent.
    static let samples: [(text: String, charset: String, bytes: String)] = [
        ("user 不明の宛先です", "Shift_JIS", "user \\x95s\\x96\\xbe\\x82\\xcc\\x88\\xb6\\x90\\xe6\\x82\\xc5\\x82\\xb7"),
        (
            "メールボックスがいっぱいです。", "Shift_JIS",
            "\\x83\\x81\\x81[\\x83\\x8b\\x83{\\x83b\\x83N\\x83X\\x82\\xaa\\x82\\xa2\\x82\\xc1\\x82\\xcf\\x82\\xa2\\x82\\xc5\\x82\\xb7\\x81B"
        ),
        (
            "スパムとして拒否しました", "Shift_JIS",
            "\\x83X\\x83p\\x83\\x80\\x82\\xc6\\x82\\xb5\\x82\\xc4\\x8b\\x91\\x94\\xdb\\x82\\xb5\\x82\\xdc\\x82\\xb5\\x82\\xbd"
        ),
        ("受信拒否", "EUC-JP", "\\xbc\\xf5\\xbf\\xae\\xb5\\xf1\\xc8\\xdd"),
        (
            "メールボックスがいっぱいです。", "EUC-JP",
            "\\xa5\\xe1\\xa1\\xbc\\xa5\\xeb\\xa5\\xdc\\xa5\\xc3\\xa5\\xaf\\xa5\\xb9\\xa4\\xac\\xa4\\xa4\\xa4\\xc3\\xa4\\xd1\\xa4\\xa4\\xa4\\xc7\\xa4\\xb9\\xa1\\xa3"
        ),
        (
            "宛先が見つかりません", "EUC-JP",
            "\\xb0\\xb8\\xc0\\xe8\\xa4\\xac\\xb8\\xab\\xa4\\xc4\\xa4\\xab\\xa4\\xea\\xa4\\xde\\xa4\\xbb\\xa4\\xf3"
        ),
        ("宛先が見つかりません", "ISO-2022-JP", "\\x1b$B08@h$,8+$D$+$j$^$;$s\\x1b(B"),
        ("收件人不存在", "GB18030", "\\xca\\xd5\\xbc\\xfe\\xc8\\xcb\\xb2\\xbb\\xb4\\xe6\\xd4\\xda"),
        (
            "用户邮箱已满，请稍后再试", "GB18030",
            "\\xd3\\xc3\\xbb\\xa7\\xd3\\xca\\xcf\\xe4\\xd2\\xd1\\xc2\\xfa\\xa3\\xac\\xc7\\xeb\\xc9\\xd4\\xba\\xf3\\xd4\\xd9\\xca\\xd4"
        ),
        ("信箱不存在", "Big5", "\\xabH\\xbdc\\xa4\\xa3\\xa6s\\xa6b"),
        (
            "您的郵件被拒絕，請稍後再試", "Big5",
            "\\xb1z\\xaa\\xba\\xb6l\\xa5\\xf3\\xb3Q\\xa9\\xda\\xb5\\xb4\\xa1A\\xbd\\xd0\\xb5y\\xab\\xe1\\xa6A\\xb8\\xd5"
        ),
        (
            "Почтовый ящик не найден", "KOI8-R",
            "\\xf0\\xcf\\xde\\xd4\\xcf\\xd7\\xd9\\xca \\xd1\\xdd\\xc9\\xcb \\xce\\xc5 \\xce\\xc1\\xca\\xc4\\xc5\\xce"
        ),
        (
            "Почтовый ящик переполнен", "windows-1251",
            "\\xcf\\xee\\xf7\\xf2\\xee\\xe2\\xfb\\xe9 \\xff\\xf9\\xe8\\xea \\xef\\xe5\\xf0\\xe5\\xef\\xee\\xeb\\xed\\xe5\\xed"
        ),
        ("Доступ запрещен", "windows-1251", "\\xc4\\xee\\xf1\\xf2\\xf3\\xef \\xe7\\xe0\\xef\\xf0\\xe5\\xf9\\xe5\\xed"),
        (
            "Boîte aux lettres pleine, réessayez plus tard", "windows-1252",
            "Bo\\xeete aux lettres pleine, r\\xe9essayez plus tard"
        ),
        ("Empfänger unbekannt", "windows-1252", "Empf\\xe4nger unbekannt"),
        ("Postfach überfüllt", "windows-1252", "Postfach \\xfcberf\\xfcllt"),
        (
            "Usuario desconocido: contraseña no válida", "windows-1252",
            "Usuario desconocido: contrase\\xf1a no v\\xe1lida"
        ),
        ("Empfänger unbekannt", "UTF-8", "Empf\\xc3\\xa4nger unbekannt"),
        ("宛先不明", "UTF-8", "\\xe5\\xae\\x9b\\xe5\\x85\\x88\\xe4\\xb8\\x8d\\xe6\\x98\\x8e"),
    ]

    /// `\xNN` is a byte.
    static func bytes(_ text: String) -> [UInt8] {
        var parts = text.split(separator: "\\x", omittingEmptySubsequences: false)
        let first = Array(parts.removeFirst().utf8)
        return parts.reduce(first) { bytes, part in
            bytes + [UInt8(part.prefix(2), radix: 16) ?? 0] + Array(part.dropFirst(2).utf8)
        }
    }

    @Test("replies of servers in nine charsets are told by their bytes", arguments: samples)
    func told(text: String, charset: String, bytes: String) {
        let guess = CharsetGuess(Self.bytes(bytes))
        #expect(guess?.charset?.rawValue == charset, "\(text): \(guess.map { "\($0)" } ?? "ASCII")")
    }

    @Test("ASCII, controls and escapes of a terminal are no text of another charset")
    func ascii() {
        for text in ["", "User unknown", "\u{1B}[2J\u{7}", "\u{1B}$BA", "\u{1B}$B\u{1}\u{2}"] {
            #expect(CharsetGuess(Array(text.utf8)) == nil, "\(text.debugDescription)")
        }
    }

    @Test("what several charsets could be, or none, is not sure, and says so")
    func unsure() throws {
        let noise = try #require(CharsetGuess([0xFF, 0x20, 0xFE, 0x81, 0x20]))
        #expect(noise.charset == nil)
        #expect(noise.words == "the charset is none that is known here")
        #expect(CharsetGuess.unsure([.koi8R, .windows1251]).words == "not sure: KOI8-R or windows-1251")
        // Half-width katakana, capitals and rare kanji: read as anything it reads badly.
        #expect(CharsetGuess([0xB1, 0xB2, 0xB3])?.charset == nil)
    }

    @Test("certain is what the bytes leave no other reading of")
    func certain() {
        #expect(CharsetGuess(Array("été".utf8)) == .certain(.utf8))
        #expect(CharsetGuess([0xE9, 0x74, 0xE9]) == .likely(.windows1252))
        #expect(CharsetGuess.likely(.windows1252).words == "probably windows-1252")
    }

    @Test("any bytes get an answer, however long they are")
    func anything() {
        var generator = SystemRandomNumberGenerator()
        for length in 0..<400 {
            _ = CharsetGuess((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        #expect(CharsetGuess(Array(repeating: "宛".utf8, count: 9000).flatMap(\.self)) == .certain(.utf8))
    }
}
