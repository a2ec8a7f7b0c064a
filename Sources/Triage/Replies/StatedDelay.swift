/// The wait that a reply asks for: `try again in 300 seconds`, `retry after 5 min`, `greylisted for 00:04:59`.
///
/// Only a number behind a word of waiting counts: `60 messages per 10 minutes` asks for nothing. Linear in the text.
struct StatedDelay: Hashable, Sendable {
    /// More than 0, at most a week.
    let seconds: Int

    private static let longest = 7 * 86_400
    private static let units: [(String, Int)] = [
        ("seconds", 1), ("second", 1), ("secs", 1), ("sec", 1), ("s", 1), ("minutes", 60), ("minute", 60), ("mins", 60),
        ("min", 60), ("m", 60), ("hours", 3600), ("hour", 3600), ("hrs", 3600), ("hr", 3600), ("h", 3600),
    ]
    /// What stands before the number, perhaps with one of `fillers` between.
    private static let waits: Set<String> = [
        "in", "after", "for", "wait", "within", "delayed", "delay", "retry", "again", "least", "another", "another:",
        "remaining", "left", "back", "deferred", "greylisted", "retry-after",
    ]
    private static let fillers: Set<String> = ["about", "approximately", "least", "at", "another", "approx", "roughly"]

    /// `nil` when the text names no wait.
    init?(in folded: [UInt8]) {
        // Most replies have no number behind a blank: looking for one is all that they cost.
        guard zip(folded, folded.dropFirst()).contains(where: { $0 == 32 && ($1 < 58 || $1 == 91) && $1 > 33 }) else {
            return nil
        }
        let words = folded.split(separator: 32)
        for (index, word) in words.enumerated() where index > 0 {
            let word = word.drop { $0 == 40 || $0 == 91 || $0 == 34 }
            guard let first = word.first, ReplyNormalizer.isDigit(first), Self.isWait(before: index, in: words) else {
                continue
            }
            let next = index + 1 < words.count ? words[index + 1] : []
            if let seconds = Self.clock(word) ?? Self.amount(word, next), (1...Self.longest).contains(seconds) {
                self.seconds = seconds
                return
            }
        }
        return nil
    }

    private static func isWait(before index: Int, in words: [ArraySlice<UInt8>]) -> Bool {
        var at = index - 1
        let nearest = text(words[at])
        if waits.contains(nearest) { return !isRate(before: at, in: words) }
        guard fillers.contains(nearest), at > 0 else { return false }
        at -= 1
        return waits.contains(text(words[at])) && !isRate(before: at, in: words)
    }

    /// `10 messages in 60 seconds` is a rate: a number two words before `in`.
    private static func isRate(before index: Int, in words: [ArraySlice<UInt8>]) -> Bool {
        guard index > 1, text(words[index]) == "in" || text(words[index]) == "within" else { return false }
        return words[index - 2].first.map(ReplyNormalizer.isDigit) == true
            || ["connections", "messages", "mails", "emails", "recipients", "errors", "attempts", "many", "sent"]
                .contains(text(words[index - 1]))
    }

    private static func text(_ word: ArraySlice<UInt8>) -> String {
        var word = word
        while let last = word.last, !(97...122).contains(last) { word.removeLast() }
        return String(decoding: word, as: UTF8.self)
    }

    /// `300`, `300s` or `5min`, the unit in the word itself or in the next one.
    private static func amount(_ word: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>) -> Int? {
        let digits = word.prefix(while: ReplyNormalizer.isDigit)
        guard digits.count <= 6, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        let own = text(word.dropFirst(digits.count))
        let unit = own.isEmpty ? text(next) : own
        return units.first { $0.0 == unit }.map { number * $0.1 }
    }

    /// `00:04:59`.
    private static func clock(_ word: ArraySlice<UInt8>) -> Int? {
        let parts = word.split(separator: 58).map {
            Int(String(decoding: $0.prefix(while: ReplyNormalizer.isDigit), as: UTF8.self))
        }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2], minutes < 60,
            seconds < 60, hours <= 168
        else { return nil }
        return hours * 3600 + minutes * 60 + seconds
    }

    /// As the steps say it: whole minutes, rounded up.
    var minutes: [Int] {
        let minutes = (seconds + 59) / 60
        return minutes == 1 ? [1, 2] : [minutes]
    }
}
