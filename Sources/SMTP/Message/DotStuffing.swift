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
        bytes.reserveCapacity(text.count + text.count / 32 + 2)
        var rest = text[...]
        while let place = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            bytes += rest[..<place]
            bytes += [0x0D, 0x0A]
            let next = place + 1
            let isPair = text[place] == 0x0D && next < text.endIndex && text[next] == 0x0A
            rest = text[(isPair ? next + 1 : next)...]
        }
        if !rest.isEmpty {
            bytes += rest
            bytes += [0x0D, 0x0A]
        }
        return bytes
    }

    /// The bytes as they are, but for a second dot where a line begins with one and the end that is due: `.` CRLF after a CRLF.
    ///
    /// A line begins after CRLF, RFC 5321 §2.3.8: what follows a bare CR or LF is inside its line.
    ///
    /// - Parameter isStuffed: False leaves the dots alone; a line that is one dot then ends the message there.
    public static func wire(ofMessage message: [UInt8], isStuffed: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.count + 64)
        if isStuffed {
            var rest = message[...]
            while let place = rest.firstIndex(of: UInt8(ascii: ".")) {
                bytes += rest[..<place]
                if beginsLine(message, place) { bytes.append(UInt8(ascii: ".")) }
                bytes.append(UInt8(ascii: "."))
                rest = rest[(place + 1)...]
            }
            bytes += rest
        } else {
            bytes += message
        }
        if !message.isEmpty, !message.ends(with: [0x0D, 0x0A]) { bytes += [0x0D, 0x0A] }
        return bytes + [UInt8(ascii: "."), 0x0D, 0x0A]
    }

    private static func beginsLine(_ bytes: [UInt8], _ place: Int) -> Bool {
        place == 0 || place >= 2 && bytes[place - 1] == 0x0A && bytes[place - 2] == 0x0D
    }
}
