/// Reading a log line by position: bytes in, positions and numbers out, nothing allocated.
extension Span where Element == UInt8 {
    /// True when `word` stands at `index`.
    @inline(__always)
    func has(_ word: String, at index: Int) -> Bool {
        var index = index
        guard index >= 0, word.utf8.count <= count - index else { return false }
        for byte in word.utf8 {
            if self[index] != byte { return false }
            index += 1
        }
        return true
    }

    /// True when `wanted` stands at `index`.
    @inline(__always)
    func equals(_ wanted: Span<UInt8>, at index: Int) -> Bool {
        guard index >= 0, wanted.count <= count - index else { return false }
        var place = 0
        // Eight bytes at a time.
        while place &+ 8 <= wanted.count {
            if self.word(at: index &+ place) != wanted.word(at: place) { return false }
            place &+= 8
        }
        // The last eight, some of them for the second time.
        if place > 0 { return word(at: index &+ wanted.count &- 8) == wanted.word(at: wanted.count &- 8) }
        while place < wanted.count {
            if self[index &+ place] != wanted[place] { return false }
            place &+= 1
        }
        return true
    }

    /// The place of the first `byte` at or after `start`.
    @inline(__always)
    func index(of byte: UInt8, from start: Int) -> Int? {
        var index = start
        // Eight bytes at a time: a byte that is none of its bits away from the wanted one borrows from above.
        let wanted = 0x0101_0101_0101_0101 &* UInt64(byte)
        while index >= 0, index + 8 <= count {
            let difference = word(at: index) ^ wanted
            let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// How often `byte` stands here.
    func count(of byte: UInt8) -> Int {
        let ones = 0x0101_0101_0101_0101 as UInt64
        let (wanted, low) = (ones &* UInt64(byte), ones &* 0x7F)
        var (index, total) = (0, 0)
        while index + 8 <= count {
            // Eight counters of a byte each; 255 is as far as they count.
            var (sums, left) = (UInt64(0), 255)
            while left > 0, index &+ 8 <= count {
                let difference = word(at: index) ^ wanted
                let isOther = (((difference & low) &+ low) | difference) &>> 7
                sums &+= ~isOther & ones
                (index, left) = (index &+ 8, left &- 1)
            }
            let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ ((sums &>> 8) & 0x00FF_00FF_00FF_00FF)
            total += Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
        }
        while index < count {
            if self[index] == byte { total += 1 }
            index += 1
        }
        return total
    }

    /// The place of the first `word` at or after `start`.
    func index(of word: String, from start: Int) -> Int? {
        guard let first = word.utf8.first else { return nil }
        var from = start
        while let found = index(of: first, from: from) {
            if has(word, at: found) { return found }
            from = found + 1
        }
        return nil
    }

    /// The place of the last `word`.
    func lastIndex(of word: String, from start: Int) -> Int? {
        var index = count - word.utf8.count
        while index >= start {
            if has(word, at: index) { return index }
            index -= 1
        }
        return nil
    }

    /// A decimal number at `index`, and the place after it; nothing when there is no digit or it does not fit 64 bits.
    @inline(__always)
    func number(at index: Int) -> (value: UInt64, end: Int)? {
        var (value, end) = (UInt64(0), index)
        while end < count, case let digit = self[end] &- 0x30, digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            (value, end) = (sum, end + 1)
        }
        return end > index ? (value, end) : nil
    }

    /// Two digits, the first of which may be a blank.
    @inline(__always)
    func twoDigits(at index: Int) -> Int? {
        guard index + 1 < count else { return nil }
        let (tens, ones) = (self[index] == 0x20 ? 0 : self[index] &- 0x30, self[index + 1] &- 0x30)
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }

    /// The value behind `label` (`relay=`, ` H=`) at or after `start`: up to a comma or a blank.
    func field(_ label: String, from start: Int) -> Range<Int>? {
        guard let found = index(of: label, from: start) else { return nil }
        let begin = found + label.utf8.count
        var end = begin
        while end < count, self[end] != 0x2C, self[end] != 0x20 { end += 1 }
        return begin..<end
    }

    /// What stands in quotes behind `label="`, or up to a comma or a blank when there is no quote.
    func quoted(_ label: String, from start: Int) -> Range<Int>? {
        guard let plain = field(label, from: start) else { return nil }
        guard has("\"", at: plain.lowerBound) else { return plain }
        return (plain.lowerBound + 1)..<(index(of: 0x22, from: plain.lowerBound + 1) ?? count)
    }

    /// What stands between `<` at `index` and the next `>`, brackets left off.
    func bracketed(at index: Int) -> Range<Int>? {
        guard index < count, self[index] == 0x3C, let end = self.index(of: 0x3E, from: index + 1) else { return nil }
        return (index + 1)..<end
    }

    /// The range from `start` to the end, blanks at the end left off.
    func rest(from start: Int) -> Range<Int> {
        var end = count
        while end > start, self[end - 1] == 0x20 { end -= 1 }
        return Swift.min(start, end)..<end
    }

    /// A copy of the bytes in `range`.
    func array(_ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(self[index]) }
        return copy
    }

    /// The bytes in `range` as text, what is not UTF-8 replaced. Outside text.
    func string(_ range: Range<Int>) -> String { String(decoding: array(range), as: UTF8.self) }
}
