import MailVocabulary

/// The lines of a log that contain a needle of which no trace is there: a next hop, the queue id of another server, a part of
/// an address.
public struct LogMention: Sendable {
    /// A line by its file, counted from 0, and its number there.
    public struct Place: Hashable, Sendable {
        public var file: Int
        public var number: Int
        /// Without secrets. Outside text.
        public var bytes: [UInt8]
    }

    private let needle: String
    private let wanted: [UInt8]
    /// How many lines contain it.
    public private(set) var count = 0
    /// The first of them.
    public private(set) var first: Place?
    /// What those lines say, and they alone.
    private var index = TraceIndex()

    /// So many lines tell enough of what it is.
    private static let mostRead = 200_000

    public init(of needle: String) {
        self.needle = TraceFinder.trimmed(needle)
        wanted = Array(self.needle.utf8)
    }

    /// Looks at the next line.
    /// - Returns: whether the needle stands in it.
    @discardableResult
    public mutating func take(_ line: Span<UInt8>, file: Int, number: Int) -> Bool {
        guard holds(line) else { return false }
        count += 1
        if first == nil {
            let bytes = JournalObject.mayBe(line) ? JournalObject.plain(line) : nil
            let shown = LogSecrets.masked(bytes ?? line.array(0..<line.count))
            first = Place(file: file, number: number, bytes: shown)
        }
        if count <= Self.mostRead { index.append(line, number: count, offset: UInt64(count)) }
        return true
    }

    /// Puts right the number of the first line, which is costly to know before there is one.
    public mutating func setNumber(ofFirst number: Int) { first?.number = number }

    /// Deliveries, and connections for deliveries, that went to the needle as an address.
    var deliveryCount: Int {
        guard let address = IPAddress(needle) else { return 0 }
        return index.deliveryCount(to: PackedAddress(address), text: wanted)
    }

    /// True when the needle stands somewhere in the line, and not as a part of a longer number.
    private func holds(_ line: Span<UInt8>) -> Bool {
        guard let head = wanted.first, line.count >= wanted.count else { return false }
        for start in 0...(line.count - wanted.count) where line[start] == head {
            var place = 1
            while place < wanted.count, line[start + place] == wanted[place] { place += 1 }
            if place == wanted.count, isWhole(line, start..<(start + place)) { return true }
        }
        return false
    }

    private func isWhole(_ line: Span<UInt8>, _ found: Range<Int>) -> Bool {
        func isDigit(_ index: Int) -> Bool { line.indices.contains(index) && (0x30...0x39).contains(line[index]) }
        if isDigit(found.lowerBound), isDigit(found.lowerBound - 1) { return false }
        if isDigit(found.upperBound - 1), isDigit(found.upperBound) { return false }
        guard IPAddress(needle) != nil else { return true }
        let isBegun = line.has(".", at: found.lowerBound - 1) && isDigit(found.lowerBound - 2)
        let isContinued = line.has(".", at: found.upperBound) && isDigit(found.upperBound + 1)
        return !isBegun && !isContinued
    }
}

extension TraceIndex {
    /// How many deliveries went to a next hop.
    fileprivate func deliveryCount(to address: PackedAddress, text: [UInt8]) -> Int {
        graph.deliveries.count { $0.address == address }
            + graph.recipients.count { $0.delivery < 0 && graph.texts.contains($0.relay, lowercased: text) }
    }
}

extension LogMention {
    /// What is said of it behind the sentence that there is no trace; nothing when no line contains the needle.
    func sequel(_ files: [String]) -> Phrase? {
        guard let first else { return nil }
        let line: Phrase =
            files.count > 1 && files.indices.contains(first.file)
            ? "line \(first.number) of \(files[first.file])" : "line \(first.number)"
        let deliveries = deliveryCount
        if deliveries == 1 { return "; but one delivery went to it, \(line)" }
        if deliveries > 1 { return "; but \(deliveries) deliveries went to it, the first in \(line)" }
        return count == 1 ? "; but \(line) contains it" : "; but \(count) lines contain it, the first is \(line)"
    }
}
