/// The fields of one entry of the journal that a log line is made of.
///
///     2026-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from mx.example.test[192.0.2.7]
struct JournalEntry {
    /// The most bytes that are kept of one field; the journal itself allows more.
    static let cap = 1 << 20
    /// The names of the fields that are read.
    private static let names: Set<String> = [
        "MESSAGE", "__REALTIME_TIMESTAMP", "_HOSTNAME", "SYSLOG_IDENTIFIER", "_COMM", "SYSLOG_PID", "_PID",
    ]

    private var fields: [String: [UInt8]] = [:]

    mutating func keep(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        let name = String(decoding: name, as: UTF8.self)
        if JournalEntry.names.contains(name) { fields[name] = Array(value.prefix(JournalEntry.cap)) }
    }

    var message: [UInt8]? { fields["MESSAGE"] }

    /// All that stands before the message; nothing for what is no entry.
    var head: [UInt8]? {
        guard let stamp = fields["__REALTIME_TIMESTAMP"],
            let microseconds = Int64(String(decoding: stamp, as: UTF8.self))
        else { return nil }
        var head = Array(Timestamp.internetTime(microseconds: microseconds).utf8)
        head += [0x20] + word(fields["_HOSTNAME"] ?? [], or: "localhost")
        head += [0x20] + word(fields["SYSLOG_IDENTIFIER"] ?? fields["_COMM"] ?? [], or: "unknown")
        if let pid = fields["SYSLOG_PID"] ?? fields["_PID"], !pid.isEmpty {
            head += [0x5B] + word(pid, or: "") + [0x5D]
        }
        return head + [0x3A, 0x20]
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
