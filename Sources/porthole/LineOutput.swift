import Canvas
import Glibc
import MailLog

/// Writes log lines to standard output, many at a time: inert, and without the secrets that are in them.
struct LineOutput {
    private var buffer: [UInt8] = []

    /// Adds a line; nothing is written before `flush()` or some hundred kilobytes.
    mutating func add(_ line: [UInt8], prefix: String = "") {
        buffer += prefix.utf8
        let line = LogSecrets.masked(line)
        if LineOutput.isPlain(line) {
            buffer += line
        } else {
            buffer += PrintableText.plainLine(String(decoding: line, as: UTF8.self)).utf8
        }
        buffer.append(0x0A)
        if buffer.count > 256 << 10 { flush() }
    }

    mutating func flush() {
        guard !buffer.isEmpty else { return }
        Output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Printable ASCII alone goes out as it is.
    private static func isPlain(_ line: [UInt8]) -> Bool {
        var odd: UInt8 = 0
        for byte in line { odd |= byte &- 0x20 >= 0x5F ? 1 : 0 }
        return odd == 0
    }
}
