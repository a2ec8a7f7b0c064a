/// Which reply codes an entry speaks of: one code, or a range such as `5xx` and `450-459`.
public struct CodePattern: Hashable, Sendable {
    public let codes: ClosedRange<Int>

    public init(_ code: Int) { codes = code...code }

    /// Reads `550`, `5xx`, `45x` and `450-459`; `nil` for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.lowercased().utf8)
        func number(_ part: ArraySlice<UInt8>, x: UInt8) -> Int? {
            guard part.count == 3, let first = part.first, first != UInt8(ascii: "x") else { return nil }
            var sum = 0
            for byte in part {
                let digit = byte == UInt8(ascii: "x") ? x : byte
                guard (48...57).contains(digit) else { return nil }
                sum = sum * 10 + Int(digit) - 48
            }
            return sum
        }
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = parts.first, let last = parts.last,
            let low = number(first, x: 48), let high = number(last, x: 57), low <= high
        else { return nil }
        codes = low...high
    }

    /// True for a range that says no more than the first digit does.
    var isDigitOnly: Bool { codes.count >= 100 }
}
