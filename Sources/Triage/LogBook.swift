import MailLog
import MailVocabulary

/// A log as the dashboard keeps it: the newest lines as text, and the index of all that were read.
///
/// A line is known by its ordinal, which counts from 0 over all lines read: numbers start anew with each rotation.
public struct LogBook: Sendable {
    /// How many lines are kept as text; older ones are counted, and their traces stay.
    public static let capacity = 20_000

    /// The file's name as opened.
    public private(set) var name: String
    /// The newest lines, in the order read.
    public private(set) var lines: [RawLogLine] = []
    /// The ordinal of the first line that is kept.
    public private(set) var firstOrdinal = 0
    public private(set) var index = TraceIndex()
    /// What the follower said last about the file itself: rotated, truncated, lost bytes, trouble.
    public private(set) var notice: String?
    /// Where lines may be missing, the newest last.
    public private(set) var gaps: [LogGap] = []
    /// True from the moment that everything that was there at the start has been read.
    public private(set) var isCaughtUp = false

    /// True when reading began in the middle of the file: what stands before is asked of the file.
    public private(set) var isTail = false

    /// What the filter lets through.
    public enum Filter: Hashable, Sendable {
        case all
        /// The lines of the marked identifier.
        case marked
        /// Lines with these bytes in them, upper and lower case ASCII letters being the same.
        case containing([UInt8])
    }

    /// Ordinals of the lines that belong to the marked identifier.
    public private(set) var marked: Set<Int> = []
    public private(set) var filter = Filter.all
    /// Ordinals of the kept lines that the filter lets through, unless that is all of them. Kept up to date line by line, so
    /// that a frame costs nothing however many lines there are.
    private var passed: [Int] = []
    private var mark: (key: TraceKey, extent: Int)?
    /// The newest connection from an address, and how many connections were looked at for it.
    private var newest: (address: IPAddress, key: TraceKey?, seen: Int)?

    /// The format that lines are read in, when it is not to be told by their words.
    private let format: String?

    /// - Parameter format: the one format to read, one of `LogFormat.all` by a word of its name; `nil` to tell it by the lines.
    public init(name: String, format: String? = nil) {
        (self.name, self.format) = (name, format)
        index = Self.index(format)
    }

    private static func index(_ format: String?) -> TraceIndex {
        format.flatMap { TraceIndex(format: $0) } ?? TraceIndex()
    }

    /// The kept lines that the filter lets through.
    public var visible: LogSelection {
        if filter == .all { return LogSelection(all: lines.count, firstOrdinal: firstOrdinal) }
        let start = passed.partitioningIndex { $0 >= firstOrdinal }
        return LogSelection(passed[start...], firstOrdinal: firstOrdinal)
    }

    /// Marks the lines of an identifier: of one message with all that was made of it, or of one connection with its messages.
    /// Costs next to nothing when it has no more lines than the last time.
    public mutating func mark(_ key: TraceKey?) {
        let extent = key.map { index.extent(of: $0) } ?? 0
        if mark?.key == key, mark?.extent == extent { return }
        mark = key.map { ($0, extent) }
        marked = Set(key.map { index.lineOrdinals(of: $0) } ?? [])
        if filter == .marked { refilter() }
    }

    /// Lets other lines through from now on.
    public mutating func show(_ filter: Filter) {
        guard filter != self.filter else { return }
        self.filter = filter
        refilter()
    }

    /// The newest connection from a client.
    public func newestConnection(from address: IPAddress) -> TraceKey? {
        if let newest, newest.address == address {
            return index.newestConnection(from: address, since: newest.seen) ?? newest.key
        }
        return index.newestConnection(from: address, since: 0)
    }

    /// The same, remembered: the next question looks at newer connections only.
    public mutating func watchConnections(from address: IPAddress) -> TraceKey? {
        let key = newestConnection(from: address)
        newest = (address, key, index.connectionCount)
        return key
    }

    private mutating func refilter() {
        switch filter {
        case .all: passed = []
        case .marked: passed = marked.filter { $0 >= firstOrdinal }.sorted()
        case .containing(let bytes):
            passed = lines.indices.filter { Self.contains(lines[$0].bytes, bytes) }.map { firstOrdinal + $0 }
        }
    }

    /// Whether `bytes` contain `needle`, letters of either case.
    static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first.map(folded), bytes.count >= needle.count else { return needle.isEmpty }
        for start in 0...(bytes.count - needle.count) where folded(bytes[start]) == first {
            if zip(bytes[start...], needle).allSatisfy({ folded($0) == folded($1) }) { return true }
        }
        return false
    }

    private static func folded(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// Answers from all that was read of the log; lines that are no longer kept as text are left out.
    public func answer(_ request: LogRequest) -> LogAnswer {
        switch request {
        case .lines(let words):
            var search = LineSearch(words)
            for line in lines { search.take(line.bytes.span, number: line.number) }
            return search.answer
        case .summary(let since): return index.answer(summarySince: since)
        case .entries(let question): return index.answer(question) { texts(of: $0) }
        }
    }

    /// What a line belongs to, from all that was read of the log; nothing for a line that belongs to no connection or message.
    public func answer(ofLine ordinal: Int) -> LogAnswer? { index.answer(ofLine: ordinal) { texts(of: $0) } }

    private func texts(of places: [Trace.Line]) -> [[UInt8]] {
        let firstKept = lines.first?.offset ?? 0
        return places.map { place in
            guard place.offset >= firstKept else { return [] }
            let found = lines.partitioningIndex { $0.offset >= place.offset }
            return found < lines.count && lines[found].offset == place.offset ? lines[found].bytes : []
        }
    }

    /// How many lines were read, those that are no longer kept as text included.
    public var lineCount: Int { firstOrdinal + lines.count }

    /// Takes in what the follower says.
    public mutating func take(_ event: LogSourceEvent) {
        switch event {
        case .opened(let name, _): (self.name, notice) = (name, nil)
        case .lines(let new): append(new)
        case .block(let block): append(block.lines)
        case .caughtUp: isCaughtUp = true
        case .rotated: notice = "the file was rotated, now reading the new one"
        case .truncated: startAnew()
        case .lost(let bytes): note("\(bytes) bytes were lost: overwritten before anybody could read them")
        case .gap(let sentence): note(sentence)
        case .ended: break
        case .trouble(let sentence): notice = sentence
        }
    }

    /// The line with that ordinal, if it is still kept.
    public subscript(ordinal: Int) -> RawLogLine? {
        let index = ordinal - firstOrdinal
        return lines.indices.contains(index) ? lines[index] : nil
    }

    private mutating func append(_ new: [RawLogLine]) {
        if lineCount == 0, let first = new.first { isTail = first.offset > 0 }
        if case .containing(let bytes) = filter {
            for (place, line) in new.enumerated() where Self.contains(line.bytes, bytes) {
                passed.append(lineCount + place)
            }
        }
        for line in new {
            index.append(line)
            // A secret never reaches the screen, nor a report.
            lines.append(
                RawLogLine(number: line.number, offset: line.offset, bytes: LogSecrets.masked(line.bytes)))
        }
        if lines.count > Self.capacity + Self.capacity / 4 {
            let surplus = lines.count - Self.capacity
            lines.removeFirst(surplus)
            firstOrdinal += surplus
            passed.removeFirst(passed.partitioningIndex { $0 >= firstOrdinal })
        }
    }

    private mutating func note(_ sentence: String) {
        notice = sentence
        // A program that is started again and again says no lines in between: that is one gap.
        if gaps.last?.ordinal == lineCount { gaps.removeLast() } else { index.noteGap() }
        gaps.append(LogGap(ordinal: lineCount, sentence: sentence))
        if gaps.count > 100 { gaps.removeFirst() }
    }

    /// What was read is no longer in the file: its traces would speak of lines that nobody can look at.
    private mutating func startAnew() {
        (lines, firstOrdinal, index) = ([], 0, Self.index(format))
        (marked, mark, newest, passed) = ([], nil, nil, [])
        isTail = false
        notice = "the file was truncated, reading it from its start"
        for place in gaps.indices { gaps[place].ordinal = 0 }
    }
}

extension Array {
    /// The first place whose element passes, in an array in which those that pass stand last.
    fileprivate func partitioningIndex(where passes: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if passes(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
