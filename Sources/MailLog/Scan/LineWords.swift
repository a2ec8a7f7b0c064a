/// Words that are looked for in nearly every line, up to 32 bytes of them, to be compared eight at a time.
struct LineWords: Sendable {
    let count: Int
    let firstByte: UInt8
    /// Which bytes of the first eight count.
    fileprivate let mask: UInt64
    /// The first eight bytes, the next ones, those after them and the last eight.
    fileprivate let first: UInt64, second: UInt64, third: UInt64, last: UInt64

    init(_ text: String) {
        let bytes = Array(text.utf8)
        func eight(from start: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | ($1 + start < bytes.count ? UInt64(bytes[$1 + start]) << UInt64($1 * 8) : 0) }
        }
        precondition((1...32).contains(bytes.count))
        (count, firstByte) = (bytes.count, bytes[0])
        mask = count >= 8 ? .max : 1 << UInt64(count * 8) - 1
        (first, second, third, last) = (eight(from: 0), eight(from: 8), eight(from: 16), eight(from: max(0, count - 8)))
    }
}

extension Span where Element == UInt8 {
    /// True when the words stand at `index`.
    @inline(__always)
    func has(_ words: LineWords, at index: Int) -> Bool {
        guard index &+ 8 <= count else { return hasAtEnd(words, index) }
        if words.count <= 8 { return (word(at: index) ^ words.first) & words.mask == 0 }
        guard word(at: index) == words.first, index &+ words.count <= count,
            word(at: index &+ words.count &- 8) == words.last
        else { return false }
        if words.count <= 16 { return true }
        return word(at: index &+ 8) == words.second && (words.count <= 24 || word(at: index &+ 16) == words.third)
    }

    @inline(never)
    private func hasAtEnd(_ words: LineWords, _ index: Int) -> Bool {
        guard index &+ words.count <= count else { return false }
        for place in 0..<words.count where UInt64(self[index + place]) != words.first &>> UInt64(place * 8) & 0xFF {
            return false
        }
        return true
    }

    /// The place of the first such words at or after `start`.
    func index(of words: LineWords, from start: Int) -> Int? {
        var from = start
        while let found = index(of: words.firstByte, from: from) {
            if has(words, at: found) { return found }
            from = found + 1
        }
        return nil
    }
}
