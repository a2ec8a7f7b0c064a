/// The ways in which a network may cut a piece of bytes: whole, in two at every place, and byte by byte.
public struct EveryChunking: Sequence {
    private let bytes: [UInt8]

    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    public init(_ text: String) { self.init(text.utf8) }

    public func makeIterator() -> IndexingIterator<[[[UInt8]]]> {
        var cuts = [[bytes], bytes.map { [$0] }]
        for place in bytes.indices.dropFirst() { cuts.append([Array(bytes[..<place]), Array(bytes[place...])]) }
        return cuts.makeIterator()
    }
}
