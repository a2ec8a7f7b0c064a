/// A syslog message that came over the network.
public enum SyslogMessage {
    /// The message as log lines that name their host: a gateway sends none, and the numbers of two gateways must not meet.
    ///
    ///     <22>Feb  2 10:00:06 mail_logs: Info: …   →   <22>Feb  2 10:00:06 192.0.2.25 mail_logs: Info: …
    ///
    /// - Parameter sender: the address from which it came.
    public static func lines(_ message: [UInt8], from sender: String) -> [[UInt8]] {
        let parts = message.split(whereSeparator: { $0 == 0x0A || $0 == 0 })
        return parts.map { part in
            let end = part.last == 0x0D ? part.endIndex - 1 : part.endIndex
            let line = Array(part[part.startIndex..<end])
            guard let frame = LineFrame(line.span), frame.host.isEmpty, !frame.tag.isEmpty else { return line }
            return line[..<frame.tag.lowerBound] + Array("\(sender) ".utf8) + line[frame.tag.lowerBound...]
        }
    }
}
