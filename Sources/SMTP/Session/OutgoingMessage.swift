/// The message that is on its way: what goes out next, as lines after DATA or in the chunks of BDAT, RFC 3030 §2.
///
/// What is here goes out at once; what lies in files is asked for piece by piece, so that a session holds one piece and no more.
struct OutgoingMessage: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case send([UInt8])
        case read(ContentRequest)
        /// A chunk begins; these of its octets are here already.
        case begin(Chunk, [UInt8])
        /// Every octet of the chunk is out.
        case chunkEnded(isLast: Bool)
        /// The final dot is out.
        case ended
        /// There is less of it than was counted: no octet is made up.
        case short
    }

    /// A piece of BDAT's and the command before it.
    struct Chunk: Hashable, Sendable {
        var size: Int
        var isLast: Bool

        /// Without CRLF.
        var line: String { "BDAT \(size)\(isLast ? " LAST" : "")" }
    }

    let message: ComposedMessage
    /// Octets that went out, with doubled dots and the final one.
    private(set) var sent = 0
    /// After this chunk no other follows: it was refused.
    var endsWithChunk = false

    /// Octets of each chunk but the last; `nil` after DATA.
    private let chunkSize: Int?
    private var stream: MessageStream
    private var stuffer: DotStuffer
    /// Octets of the message that have not been put into a chunk.
    private var unchunked: Int
    private var chunk: Chunk?
    /// What of the chunk is still to go out.
    private var chunkRest = 0
    /// Octets of the message that are here and belong to a later chunk.
    private var ready: ArraySlice<UInt8> = []
    private var isEnded = false

    init(_ message: ComposedMessage, chunkSize: Int?) {
        self.message = message
        self.chunkSize = chunkSize.map { max(1, $0) }
        stream = MessageStream(message.pieces)
        stuffer = DotStuffer(isStuffed: message.isStuffed)
        unchunked = message.octets
    }

    var isChunked: Bool { chunkSize != nil }

    /// The server takes what comes for text: no command may go out.
    var isMidway: Bool { !isChunked || chunk != nil }

    /// Goes on until something has to be read or awaited.
    mutating func next() -> Step {
        let step = chunkSize.map { nextOfChunk($0) } ?? nextOfLines()
        if case .send(let bytes) = step { sent += bytes.count }
        if case .begin(_, let bytes) = step { sent += bytes.count }
        return step
    }

    /// What a `read` has brought.
    mutating func take(_ bytes: [UInt8]) -> Step? {
        let octets = stream.take(bytes)
        guard isChunked else {
            var wire: [UInt8] = []
            stuffer.write(octets, to: &wire)
            sent += wire.count
            return wire.isEmpty ? nil : .send(wire)
        }
        ready += octets
        return nil
    }

    private mutating func nextOfLines() -> Step {
        guard !isEnded else { return .ended }
        var wire: [UInt8] = []
        switch stream.next() {
        case .octets(let bytes): stuffer.write(bytes, to: &wire)
        case .read(let request): return .read(request)
        case .end:
            stuffer.finish(&wire)
            isEnded = true
        }
        return .send(wire)
    }

    private mutating func nextOfChunk(_ size: Int) -> Step {
        guard let chunk else {
            let new = Chunk(size: min(size, unchunked), isLast: unchunked <= size)
            unchunked -= new.size
            (self.chunk, chunkRest) = (new, new.size)
            return .begin(new, takeReady())
        }
        guard chunkRest > 0 else {
            self.chunk = nil
            return .chunkEnded(isLast: chunk.isLast)
        }
        if !ready.isEmpty { return .send(takeReady()) }
        switch stream.next() {
        case .octets(let bytes): ready = bytes[...]
        case .read(let request): return .read(request)
        case .end: return .short
        }
        return .send(takeReady())
    }

    private mutating func takeReady() -> [UInt8] {
        if ready.isEmpty { ready = stream.nextHeld() }
        let bytes = Array(ready.prefix(chunkRest))
        ready = ready.dropFirst(bytes.count)
        chunkRest -= bytes.count
        return bytes
    }
}
