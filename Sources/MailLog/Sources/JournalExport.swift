/// Turns the journal's export format into log lines, however the bytes arrive.
///
///     MESSAGE=connect from mx.example.test[192.0.2.7]
///     SYSLOG_IDENTIFIER=postfix/smtpd                    →  2026-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from …
///     _PID=229
///
/// A field is `NAME=value`, or for a value with line feeds the name alone, eight bytes of length (lowest first), the value; an
/// empty line ends an entry ("Journal Export Formats", systemd). A message of several lines becomes several log lines.
public struct JournalExport: Sendable {
    private var waiting: [UInt8] = []
    /// The name of a field whose length and value follow.
    private var binaryField: [UInt8]?
    private var entry = JournalEntry()

    public init() {}

    /// The lines that are complete with these bytes.
    public mutating func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        waiting += bytes
        var lines: [[UInt8]] = []
        var start = 0
        while let end = field(from: start, &lines) { start = end }
        waiting.removeFirst(start)
        return lines
    }

    /// Reads one field.
    /// - Returns: the place behind it; nothing when it is not complete.
    private mutating func field(from start: Int, _ lines: inout [[UInt8]]) -> Int? {
        if let name = binaryField {
            guard waiting.count - start >= 8 else { return nil }
            var length: UInt64 = 0
            for place in (0..<8).reversed() { length = length << 8 | UInt64(waiting[start + place]) }
            guard length < UInt64(1 << 40), waiting.count - start - 8 > Int(length) else { return nil }
            let end = start + 8 + Int(length)
            entry.keep(name, waiting[(start + 8)..<end])
            binaryField = nil
            return end + 1
        }
        guard let end = waiting[start...].firstIndex(of: 0x0A) else { return nil }
        let line = waiting[start..<end]
        if line.isEmpty {
            lines += takeEntry()
        } else if let equals = line.firstIndex(of: 0x3D) {
            entry.keep(line[..<equals], line[(equals + 1)...])
        } else {
            binaryField = Array(line)
        }
        return end + 1
    }

    private mutating func takeEntry() -> [[UInt8]] {
        defer { entry = JournalEntry() }
        guard let message = entry.message, let head = entry.head else { return [] }
        return message.split(separator: 0x0A).map { head + $0 }
    }
}
