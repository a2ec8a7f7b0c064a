/// A message as it goes over the wire after the 354, RFC 5321 §4.5.2.
///
/// Every line ends with CRLF and with nothing else, whatever the text had: CR, LF and CRLF each end a line. A line that begins with
/// a dot gets another in front, and the whole is ended by the line that is one dot.
public enum DotStuffing {
    /// - Returns: the bytes from the first line to the final `.` CRLF, and how many lines there are without that dot.
    public static func wire(_ text: some Sequence<UInt8>) -> (bytes: [UInt8], lines: Int) {
        var bytes: [UInt8] = []
        var lines = 0
        var atStart = true
        var previous: UInt8 = 0
        for byte in text {
            defer { previous = byte }
            if byte == 0x0A, previous == 0x0D { continue }
            if byte == 0x0A || byte == 0x0D {
                bytes += [0x0D, 0x0A]
                lines += 1
                atStart = true
                continue
            }
            if atStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            atStart = false
        }
        if !atStart {
            bytes += [0x0D, 0x0A]
            lines += 1
        }
        return (bytes + [UInt8(ascii: "."), 0x0D, 0x0A], lines)
    }
}
