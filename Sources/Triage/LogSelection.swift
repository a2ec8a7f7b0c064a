/// The kept lines of a log that a filter lets through, as places in `LogBook.lines`: the newest last.
public struct LogSelection: RandomAccessCollection, Sendable {
    /// Ordinals of the lines, ascending; `nil` for all that are kept.
    private let ordinals: ArraySlice<Int>?
    private let firstOrdinal: Int
    public let startIndex = 0
    public let endIndex: Int

    /// All of the kept lines.
    init(all count: Int) { (ordinals, firstOrdinal, endIndex) = (nil, 0, count) }

    /// Those with these ordinals, which are all kept.
    init(_ ordinals: ArraySlice<Int>, firstOrdinal: Int) {
        (self.ordinals, self.firstOrdinal, endIndex) = (ordinals, firstOrdinal, ordinals.count)
    }

    public subscript(position: Int) -> Int {
        guard let ordinals else { return position }
        return ordinals[ordinals.startIndex + position] - firstOrdinal
    }
}
