/// Reading several bytes at a time; the bounds are checked once.
extension Span where Element == UInt8 {
    /// Eight bytes, the first one lowest.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        let part = extracting(index..<count)
        // The bounds are checked here, once for all eight.
        precondition(part.count >= 8)
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(part[place]) &<< UInt64(place &* 8) }
        return word
    }

    /// Four bytes, the first one lowest.
    @inline(__always)
    func four(at index: Int) -> UInt32 {
        let part = extracting(index..<count)
        precondition(part.count >= 4)
        var word: UInt32 = 0
        for place in 0..<4 { word |= UInt32(part[place]) &<< UInt32(place &* 8) }
        return word
    }

    /// A number that is a whole word, and the place after the blank behind it, or the end of the line: as
    /// `GatewayGrammar.id`, but with no more than 18 digits.
    /// - Parameter stop: where the line ends.
    @inline(__always)
    func identifier(at start: Int, before stop: Int) -> (value: UInt64, next: Int)? {
        if start &+ 9 <= stop {
            // Eight bytes at once: a digit is 0 to 9 then, and anything else has its highest bit set in `others`.
            let digits = word(at: start) ^ 0x3030_3030_3030_3030
            let others = (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
            let length = others.trailingZeroBitCount &>> 3
            let next = start &+ length
            if self[next] == 0x20 { return length > 0 ? (UInt64(digits: digits, length), next &+ 1) : nil }
            if length < 8 { return nil }
        }
        return longIdentifier(at: start, before: stop)
    }

    @inline(__always)
    func identifier(at start: Int) -> (value: UInt64, next: Int)? { identifier(at: start, before: count) }

    @inline(never)
    private func longIdentifier(at start: Int, before stop: Int) -> (value: UInt64, next: Int)? {
        var (value, index) = (UInt64(0), start)
        while index < stop, case let digit = self[index] &- 0x30, digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            index += 1
        }
        guard index > start, index - start <= 18 else { return nil }
        if index == stop { return (value, index) }
        return self[index] == 0x20 ? (value, index + 1) : nil
    }

    /// Where the line ends that begins at `start` and has its line feed at `end`: a carriage return before it is no part of it.
    @inline(__always)
    func lineEnd(_ start: Int, _ end: UInt32) -> Int {
        let end = Int(truncatingIfNeeded: end)
        return end > start && self[end &- 1] == 0x0D ? end &- 1 : end
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

/// Eight bytes, the first one lowest.
extension UInt64 {
    /// Which of the eight is the first one that is `byte`; 8 when none is.
    @inline(__always)
    func firstPlace(of byte: UInt8) -> Int {
        let difference = self ^ (0x0101_0101_0101_0101 &* UInt64(byte))
        let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
        return found.trailingZeroBitCount &>> 3
    }

    /// The number of one to eight digits, given as bytes from 0 to 9, the first one lowest.
    @inline(__always)
    init(digits: UInt64, _ length: Int) {
        let whole = digits &<< UInt64(truncatingIfNeeded: 64 &- length &* 8)
        let pairs = whole &* 10 &+ whole &>> 8
        let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let low = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        self = (high &+ low) &>> 32
    }
}
