import MailVocabulary
import SMTP

/// The features of a reply that `ClassWeights` weighs, each as a hash of its name.
///
/// ```
/// 550 5.7.0 Your hosts are not welcome here   at RCPT
/// always  code 550  code 550 RCPT  digit 5  stage RCPT  status 7.0  subject 7
/// your  host  are  not  welcome  here
/// ```
/// Words are runs of ASCII letters, two at least, in lower case and without the commonest endings; what stands
/// around an `@`, a `://` or a dot within is one word: `_addr`, `_url`, `_host`, `_ip`.
enum ReplyFeatures {
    /// FNV-1a, 64 bits: short names, and no two of the table may be the same, which a test looks at.
    static func hash(_ name: String) -> UInt64 { name.utf8.reduce(start) { step($0, $1) } }

    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    /// The hash of a name that goes on from one whose hash is known: no text has to be put together.
    private static func hash(_ rest: String, after hash: UInt64) -> UInt64 { rest.utf8.reduce(hash) { step($0, $1) } }
    private static func hash(_ number: Int, after hash: UInt64) -> UInt64 { Self.hash(String(number), after: hash) }

    /// What stands around the words: code, enhanced code, stage. Each once.
    static func frame(of reply: NormalizedReply, at stage: SessionStage?, _ take: (UInt64) -> Void) {
        take(hash("always"))
        if let stage { take(hash(stage.rawValue, after: hash("stage "))) }
        if let status = reply.status {
            take(hash(status.detail, after: hash(".", after: hash(status.subject, after: hash("status ")))))
            take(hash(status.subject, after: hash("subject ")))
        } else {
            take(hash("status none"))
        }
        if let code = reply.code {
            let named = hash(code, after: hash("code "))
            take(named)
            take(hash(code / 100, after: hash("digit ")))
            if let stage { take(hash(stage.rawValue, after: hash(" ", after: named))) }
            if reply.status == nil { take(hash(" bare", after: named)) }
        }
    }

    /// The words with their places, as often as they stand there; no place for what stands for an address or a name.
    static func words(of reply: NormalizedReply, _ take: (UInt64, Range<Int>) -> Void) {
        let text = reply.folded
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 32 { end += 1 }
            if end > start { words(of: text[start..<end], take) }
            start = end + 1
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || (48...57).contains(byte) }

    private static let address = hash("_addr")
    private static let link = hash("_url")
    private static let host = hash("_host")
    private static let ip = hash("_ip")

    /// What stands between two blanks.
    private static func words(of chunk: ArraySlice<UInt8>, _ take: (UInt64, Range<Int>) -> Void) {
        guard let first = chunk.firstIndex(where: isAlphanumeric), let last = chunk.lastIndex(where: isAlphanumeric)
        else { return }
        let core = chunk[first...last]
        if core.contains(UInt8(ascii: "@")) {
            take(address, first..<first)
        } else if core.contains(UInt8(ascii: "/")), core.firstRange(of: Array("://".utf8)) != nil {
            take(link, first..<first)
        } else if core.contains(UInt8(ascii: ".")) {
            take(core.contains(where: isLetter) ? host : ip, first..<first)
        } else {
            for word in core.split(whereSeparator: { !isLetter($0) }) where word.count >= 2 {
                take(stem(word).reduce(start) { step($0, $1) }, word.startIndex..<word.endIndex)
            }
        }
    }

    private static let endings: [[UInt8]] = ["ings", "ing", "ied", "ies", "ed", "es", "s", "ly"].map { Array($0.utf8) }

    /// The word without its ending; four letters stay at least.
    private static func stem(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for ending in endings where word.count - ending.count >= 4 && word.suffix(ending.count).elementsEqual(ending) {
            return word.dropLast(ending.count)
        }
        return word
    }
}
