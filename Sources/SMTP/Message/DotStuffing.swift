/// A message as it goes over the wire after the 354, RFC 5321 §4.5.2.
public enum DotStuffing {
    /// Every line ends with CRLF and with nothing else, whatever the text had: CR, LF and CRLF each end a line. A line that begins
    /// with a dot gets another in front, and the whole is ended by the line that is one dot.
    ///
    /// - Returns: the bytes from the first line to the final `.` CRLF, and how many lines there are without that dot.
    public static func wire(_ text: some Sequence<UInt8>) -> (bytes: [UInt8], lines: Int) {
        let message = canonical(Array(text))
        return (wire(ofMessage: message), message.count { $0 == 0x0A })
    }

    /// The text with CRLF at the end of every line, the last one included, and nowhere else a CR or LF.
    public static func canonical(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var lineEnds = LineEnds()
        lineEnds.write(text, to: &bytes)
        lineEnds.finish(&bytes)
        return bytes
    }

    /// The bytes as they are, but for a second dot where a line begins with one and the end that is due: `.` CRLF after a CRLF.
    ///
    /// - Parameter isStuffed: False leaves the dots alone; a line that is one dot then ends the message there.
    public static func wire(ofMessage message: [UInt8], isStuffed: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        var stuffer = DotStuffer(isStuffed: isStuffed)
        stuffer.write(message, to: &bytes)
        stuffer.finish(&bytes)
        return bytes
    }
}
