/// One line of a log as bytes, with its place.
public struct RawLogLine: Hashable, Sendable {
    /// Counts newlines from the start of the file, from 1. When following starts in the middle it counts from there.
    public var number: Int
    /// Of the first byte, in the file.
    public var offset: UInt64
    /// Without the line feed and a carriage return before it.
    public var bytes: [UInt8]
    /// How many bytes of a giant line were counted but not kept; zero for nearly every line.
    public var cut: Int

    public init(number: Int, offset: UInt64, bytes: [UInt8], cut: Int = 0) {
        (self.number, self.offset, self.bytes, self.cut) = (number, offset, bytes, cut)
    }

    /// Whether these bytes stand in the line.
    public func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return needle.isEmpty }
        let (line, wanted) = (bytes.span, needle.span)
        for start in 0...(line.count - wanted.count) where line[start] == first {
            var place = 1
            while place < wanted.count, line[start + place] == wanted[place] { place += 1 }
            if place == wanted.count { return true }
        }
        return false
    }
}
