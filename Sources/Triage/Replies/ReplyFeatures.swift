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

    /// What stands around the words: code, enhanced code, stage.
    static func frame(of reply: NormalizedReply, at stage: SessionStage?) -> Set<UInt64> {
        var found: Set<UInt64> = [hash("always")]
        if let stage { found.insert(hash("stage \(stage.rawValue)")) }
        if let status = reply.status {
            found.insert(hash("status \(status.subject).\(status.detail)"))
            found.insert(hash("subject \(status.subject)"))
        } else {
            found.insert(hash("status none"))
        }
        if let code = reply.code {
            found.insert(hash("code \(code)"))
            found.insert(hash("digit \(code / 100)"))
            if let stage { found.insert(hash("code \(code) \(stage.rawValue)")) }
            if reply.status == nil { found.insert(hash("code \(code) bare")) }
        }
        return found
    }

    /// The words, each once.
    static func words(of reply: NormalizedReply) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for chunk in reply.folded.split(separator: 32) { words(of: chunk, into: &found) }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || (48...57).contains(byte) }

    /// What stands between two blanks.
    private static func words(of chunk: ArraySlice<UInt8>, into found: inout Set<UInt64>) {
        guard let first = chunk.firstIndex(where: isAlphanumeric), let last = chunk.lastIndex(where: isAlphanumeric)
        else { return }
        let core = chunk[first...last]
        if core.contains(UInt8(ascii: "@")) {
            found.insert(hash("_addr"))
        } else if core.contains(UInt8(ascii: "/")), core.firstRange(of: Array("://".utf8)) != nil {
            found.insert(hash("_url"))
        } else if core.contains(UInt8(ascii: ".")) {
            found.insert(hash(core.contains(where: isLetter) ? "_host" : "_ip"))
        } else {
            for word in core.split(whereSeparator: { !isLetter($0) }) where word.count >= 2 {
                found.insert(stem(word).reduce(start) { step($0, $1) })
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
