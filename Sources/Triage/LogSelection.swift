/// The kept lines of a log that a filter lets through, as places in `LogBook.lines`: the newest last.
public struct LogSelection: RandomAccessCollection, Sendable {
    /// Ordinals of the lines, ascending; `nil` for all that are kept.
    private let ordinals: ArraySlice<Int>?
    private let firstOrdinal: Int
    public let startIndex = 0
    public let endIndex: Int

    /// All of the kept lines.
    init(all count: Int, firstOrdinal: Int = 0) {
        (ordinals, self.firstOrdinal, endIndex) = (nil, firstOrdinal, count)
    }

    /// Those with these ordinals, which are all kept.
    init(_ ordinals: ArraySlice<Int>, firstOrdinal: Int) {
        (self.ordinals, self.firstOrdinal, endIndex) = (ordinals, firstOrdinal, ordinals.count)
    }

    /// The ordinal of the line at a place.
    public func ordinal(at position: Int) -> Int { firstOrdinal + self[position] }

    /// The first place whose line has that ordinal or a later one.
    public func firstPlace(from ordinal: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.ordinal(at: middle) >= ordinal { high = middle } else { low = middle + 1 }
        }
        return low
    }

    public subscript(position: Int) -> Int {
        guard let ordinals else { return position }
        return ordinals[ordinals.startIndex + position] - firstOrdinal
    }
}
