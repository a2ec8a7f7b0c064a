/// How long many replies took, in a fixed space: each time is counted in a class no wider than 1/128 of itself.
public struct ReplyTimes: Hashable, Sendable {
    /// Classes for each doubling.
    private static let fine = 7

    private var classes: [Int] = []
    public private(set) var count = 0
    /// Nanoseconds, exact; 0 without any.
    public private(set) var shortest = 0
    /// Nanoseconds, exact.
    public private(set) var longest = 0

    public init() {}

    /// - Parameter nanoseconds: From the command to the reply's last byte.
    public mutating func note(_ nanoseconds: Int) {
        let time = max(0, nanoseconds)
        let place = Self.place(of: time)
        if place >= classes.count { classes += Array(repeating: 0, count: place + 1 - classes.count) }
        classes[place] += 1
        shortest = count == 0 ? time : min(shortest, time)
        longest = max(longest, time)
        count += 1
    }

    /// The time that `part` of all replies did not exceed, in nanoseconds: 0.5 is the median; `nil` without any.
    public func quantile(_ part: Double) -> Int? {
        guard count > 0 else { return nil }
        let rank = max(1, min(count, Int((part * Double(count)).rounded(.up))))
        var seen = 0
        for (place, number) in classes.enumerated() where number > 0 {
            seen += number
            if seen >= rank { return min(longest, max(shortest, Self.middle(of: place))) }
        }
        return longest
    }

    private static func place(of time: Int) -> Int {
        guard time >= 1 << (fine + 1) else { return time }
        let shift = Int.bitWidth - time.leadingZeroBitCount - fine - 1
        return (shift << fine) + (time >> shift)
    }

    private static func middle(of place: Int) -> Int {
        guard place >= 1 << (fine + 1) else { return place }
        let shift = (place >> fine) - 1
        let lowest = (place - (shift << fine)) << shift
        return lowest + (1 << shift) / 2
    }
}
