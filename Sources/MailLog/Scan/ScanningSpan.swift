/// Reading several bytes at a time; the bounds are checked once.
extension Span where Element == UInt8 {
    /// Eight bytes, the first one lowest.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        // The bounds are checked here: of a part of eight bytes the length is known.
        let part = extracting(index..<(index &+ 8))
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(part[place]) &<< UInt64(place &* 8) }
        return word
    }

    /// Four bytes, the first one lowest.
    @inline(__always)
    func four(at index: Int) -> UInt32 {
        let part = extracting(index..<(index &+ 4))
        var word: UInt32 = 0
        for place in 0..<4 { word |= UInt32(part[place]) &<< UInt32(place &* 8) }
        return word
    }

    /// A number that is a whole word, and the place after the blank behind it, or the end of the line: as
    /// `GatewayGrammar.id`, but with no more than 18 digits.
    @inline(__always)
    func identifier(at start: Int) -> (value: UInt64, next: Int)? {
        var (value, index) = (UInt64(0), start)
        while index < count, case let digit = self[index] &- 0x30, digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            index += 1
        }
        guard index > start, index - start <= 18 else { return nil }
        if index == count { return (value, index) }
        return self[index] == 0x20 ? (value, index + 1) : nil
    }

    /// `3 MID 4 `: a delivery connection, a message, and the place behind them.
    @inline(__always)
    func delivery(at start: Int) -> (dcid: UInt64, mid: UInt64, next: Int)? {
        guard let (dcid, next) = identifier(at: start), next + 5 < count, four(at: next) == 0x2044_494D,
            let (mid, end) = identifier(at: next + 4)
        else { return nil }
        return (dcid, mid, end)
    }

    /// True when `words`, given in lower case, stand at or after `start`, ASCII letters of either case being the same.
    func contains(lowercased words: [UInt8], from start: Int) -> Bool {
        guard let first = words.first, count - start >= words.count else { return false }
        let wanted = words.span
        let other = (0x61...0x7A).contains(first) ? first & 0xDF : first
        var index = start
        let last = count - words.count
        while index <= last {
            let byte = self[index]
            if byte == first || byte == other {
                var place = 1
                while place < wanted.count, TextStore.lower(self[index + place]) == wanted[place] { place += 1 }
                if place == wanted.count { return true }
            }
            index += 1
        }
        return false
    }
}

extension Span where Element == UInt64 {
    /// The eight bytes at a place that is counted in bytes, the first one lowest.
    @inline(__always)
    func word(at byte: Int) -> UInt64 {
        let (place, shift) = (byte >> 3, UInt64(byte & 7) << 3)
        let low = UInt64(littleEndian: self[place]) &>> shift
        // Shifted in two steps: 64 at once would be no shift.
        return low | (UInt64(littleEndian: self[place + 1]) &<< 1) &<< (63 &- shift)
    }
}
