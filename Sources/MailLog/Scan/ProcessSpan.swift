/// Reading the name and the number of a process, several bytes at a time.
extension Span where Element == UInt8 {
    /// `smtpd[229]: ` at `start`, perhaps with more names before: the process, and where the words behind it begin.
    @inline(__always)
    func process(at start: Int) -> (pid: UInt64, text: Int)? {
        guard start &+ 24 <= count else { return longProcess(at: start) }
        let name = word(at: start)
        let length = name.firstPlace(of: 0x5B)
        if length == 8 { return longProcess(at: start) }
        guard length < name.firstPlace(of: 0x20), length < name.firstPlace(of: 0x3A) else { return nil }
        let digits = word(at: start &+ length &+ 1) ^ 0x3030_3030_3030_3030
        let others = (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
        let size = others.trailingZeroBitCount &>> 3
        let end = start &+ length &+ 1 &+ size
        // "]: "
        guard size > 0, size < 8, four(at: end) & 0xFF_FFFF == 0x20_3A5D else { return longProcess(at: start) }
        return (UInt64(digits: digits, size), end &+ 3)
    }

    @inline(never)
    private func longProcess(at start: Int) -> (pid: UInt64, text: Int)? {
        // No name of Postfix's is longer; there may be another one before it.
        guard let index = bracket(from: start, before: Swift.min(count, start &+ 40)).map({ $0 &+ 1 }) else {
            return nil
        }
        var (pid, end) = (UInt64(0), index)
        while end < count, case let digit = self[end] &- 0x30, digit < 10 {
            pid = pid &* 10 &+ UInt64(digit)
            end &+= 1
        }
        guard end > index, end - index <= 18, end + 3 <= count, self[end] == 0x5D, self[end + 1] == 0x3A,
            self[end + 2] == 0x20
        else { return nil }
        return (pid, end + 3)
    }

    /// The place of the first `[`, when neither a blank nor a colon stands before it.
    private func bracket(from start: Int, before stop: Int) -> Int? {
        var index = start
        while index < stop {
            switch self[index] {
            case 0x5B: return index
            case 0x20, 0x3A: return nil
            default: index &+= 1
            }
        }
        return nil
    }
}
