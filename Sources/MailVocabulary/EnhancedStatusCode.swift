/// A `class.subject.detail` status, RFC 3463, as in `550 5.1.1 …`.
public struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
    public let `class`: Int
    public let subject: Int
    public let detail: Int

    public init(_ class: Int, _ subject: Int, _ detail: Int) {
        (self.class, self.subject, self.detail) = (`class`, subject, detail)
    }

    /// Reads `5.1.1` and nothing else: no blanks, one to three digits a part.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var numbers: [Int] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }) else { return nil }
            numbers.append(part.reduce(0) { $0 * 10 + Int($1) - 48 })
        }
        guard [2, 4, 5].contains(numbers[0]) else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    public var description: String { "\(self.class).\(subject).\(detail)" }
}
