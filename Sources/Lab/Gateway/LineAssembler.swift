import NIOCore

/// Cuts the incoming bytes into lines, one at a time, so that what follows a DATA or STARTTLS can be read otherwise.
struct LineAssembler {
    enum Piece: Hashable {
        /// Without its end; `isBare` when that was LF alone.
        case line([UInt8], isBare: Bool)
        /// `limit` bytes of a line whose end is not there yet.
        case part([UInt8])
    }

    private var buffer = ByteBuffer()
    /// Bytes already searched for LF: linear on input that comes in drips.
    private var searched = 0

    mutating func append(_ bytes: ByteBuffer) {
        var bytes = bytes
        buffer.discardReadBytes()
        buffer.writeBuffer(&bytes)
    }

    /// The next line, or the first `limit` bytes of one that is longer; `nil` when there is none yet.
    mutating func next(limit: Int) -> Piece? {
        let view = buffer.readableBytesView.dropFirst(searched)
        if let end = view.firstIndex(of: 10) {
            let length = end - buffer.readerIndex
            searched = 0
            guard length < limit else { return part(limit) }
            guard var line = buffer.readBytes(length: length) else { return nil }
            buffer.moveReaderIndex(forwardBy: 1)
            let isBare = line.last != 13
            if !isBare { line.removeLast() }
            return .line(line, isBare: isBare)
        }
        searched = buffer.readableBytes
        return searched >= limit ? part(limit) : nil
    }

    /// Forgets what has not been read: a command sent behind STARTTLS must not be obeyed, RFC 3207 §4.2.
    mutating func removeAll() {
        buffer.clear()
        searched = 0
    }

    private mutating func part(_ limit: Int) -> Piece? {
        searched = 0
        return buffer.readBytes(length: limit).map(Piece.part)
    }
}
