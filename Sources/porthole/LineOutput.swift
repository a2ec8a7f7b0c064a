import Canvas
import Glibc
import MailLog

/// Writes log lines to standard output, many at a time: inert, and without the secrets that are in them.
struct LineOutput {
    private var buffer: [UInt8] = []

    /// Adds a line; nothing is written before `flush()` or some hundred kilobytes.
    mutating func add(_ line: [UInt8], prefix: String = "") {
        buffer += prefix.utf8
        if PlainStretch.end(in: line.span) == line.count {
            buffer += line
        } else {
            buffer += PrintableText.plainLine(String(decoding: LogSecrets.masked(line), as: UTF8.self)).utf8
        }
        buffer.append(0x0A)
        if buffer.count > 256 << 10 { flush() }
    }

    /// Adds whole lines; what is plain of them goes out as it came in.
    mutating func add(_ block: LineBlock) {
        block.forEachPiece { piece in
            switch piece {
            case .line(let range):
                let line = Array(block.buffer[range])
                add(JournalObject.plain(line.span) ?? line)
            case .plain(let range) where range.count < 32 << 10: buffer += block.buffer[range]
            case .plain(let range):
                flush()
                Output.write(block.buffer[range])
            }
        }
    }

    mutating func flush() {
        guard !buffer.isEmpty else { return }
        Output.write(buffer[...])
        buffer.removeAll(keepingCapacity: true)
    }
}
