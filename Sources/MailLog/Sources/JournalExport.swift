/// Turns the journal's export format into log lines, however the bytes arrive.
///
///     MESSAGE=connect from mx.example.test[192.0.2.7]
///     SYSLOG_IDENTIFIER=postfix/smtpd                    →  2026-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from …
///     _PID=229
///
/// A field is `NAME=value`, or for a value with line feeds the name alone, eight bytes of length (lowest first), the value; an
/// empty line ends an entry ("Journal Export Formats", systemd). A message of several lines becomes several log lines.
public struct JournalExport: Sendable {
    /// The most bytes that are kept of one field; the journal itself allows more.
    private static let cap = 1 << 20

    private var waiting: [UInt8] = []
    /// The name of a field whose length and value follow.
    private var binaryField: [UInt8]?
    private var fields: [String: [UInt8]] = [:]

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
            keep(name[...], waiting[(start + 8)..<end])
            binaryField = nil
            return end + 1
        }
        guard let end = waiting[start...].firstIndex(of: 0x0A) else { return nil }
        let line = waiting[start..<end]
        if line.isEmpty {
            lines += entry()
        } else if let equals = line.firstIndex(of: 0x3D) {
            keep(line[..<equals], line[(equals + 1)...])
        } else {
            binaryField = Array(line)
        }
        return end + 1
    }

    private mutating func keep(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if fields.count < 256 { fields[String(decoding: name, as: UTF8.self)] = Array(value.prefix(Self.cap)) }
    }

    private mutating func entry() -> [[UInt8]] {
        defer { fields = [:] }
        guard let message = fields["MESSAGE"], let stamp = fields["__REALTIME_TIMESTAMP"],
            let microseconds = Int64(String(decoding: stamp, as: UTF8.self))
        else { return [] }
        var head = Array(Timestamp.internetTime(microseconds: microseconds).utf8)
        head += [0x20] + word(fields["_HOSTNAME"] ?? [], or: "localhost")
        head += [0x20] + word(fields["SYSLOG_IDENTIFIER"] ?? fields["_COMM"] ?? [], or: "unknown")
        if let pid = fields["SYSLOG_PID"] ?? fields["_PID"], !pid.isEmpty { head += [0x5B] + pid + [0x5D] }
        head += [0x3A, 0x20]
        return message.split(separator: 0x0A).map { head + $0 }
    }

    /// The value as one word: what is outside of printable ASCII would break the line's form.
    private func word(_ value: [UInt8], or name: String) -> [UInt8] {
        value.isEmpty ? Array(name.utf8) : value.map { (0x21...0x7E).contains($0) ? $0 : 0x5F }
    }
}

extension Timestamp {
    /// `2026-11-21T19:31:35.637123Z` (RFC 3339) for microseconds since 1970.
    static func internetTime(microseconds: Int64) -> String {
        let seconds = microseconds >= 0 ? microseconds / 1_000_000 : -1
        let fraction = String(max(0, microseconds) % 1_000_000)
        let date = Timestamp(seconds: max(0, seconds)).dateAndTime
        let parts = date.split(separator: " ")
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return "\(parts[0])T\(parts.count > 1 ? parts[1] : "00:00:00").\(zeros)\(fraction)Z"
    }
}
