/// A composed message as it goes out: what is here at once, what lies in files when it has been read.
struct MessageStream: Hashable, Sendable {
    enum Next: Hashable, Sendable {
        case octets([UInt8])
        /// `take` wants these.
        case read(ContentRequest)
        case end
    }

    /// A file that is being read.
    private struct Reading: Hashable, Sendable {
        let file: StoredFile
        var writer: ContentWriter
        /// Octets that have been read.
        var offset = 0
    }

    private var rest: ArraySlice<MessagePiece>
    private var reading: Reading?

    init(_ pieces: [MessagePiece]) { rest = pieces[...] }

    /// What goes out next, in order. A `read` comes again until `take` has brought it.
    mutating func next() -> Next {
        if let reading {
            let count = min(ContentRequest.most, reading.file.state.size - reading.offset)
            return .read(ContentRequest(file: reading.file, offset: reading.offset, count: count))
        }
        guard let piece = rest.popFirst() else { return .end }
        switch piece {
        case .octets(let bytes): return .octets(bytes)
        case .file(let file, let encoding):
            let writer = ContentWriter(encoding, makesCRLF: file.makesCRLF)
            // An empty file is nothing to read.
            guard file.state.size > 0 else { return next() }
            reading = Reading(file: file, writer: writer)
            return next()
        }
    }

    /// The piece that goes out next, if it is here; nothing if it has to be read.
    mutating func nextHeld() -> ArraySlice<UInt8> {
        guard reading == nil, case .octets(let bytes)? = rest.first else { return [] }
        rest.removeFirst()
        return bytes[...]
    }

    /// - Parameter bytes: What `next` asked for, all of it.
    /// - Returns: What they are in the message.
    mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        guard reading != nil else { return [] }
        reading?.offset += bytes.count
        let isLast = reading.map { $0.offset >= $0.file.state.size } ?? true
        let octets = reading?.writer.write(bytes, isLast: isLast) ?? []
        if isLast { reading = nil }
        return octets
    }
}
