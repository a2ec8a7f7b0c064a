import MailVocabulary

/// A line that has come to its end, and how it ended.
struct EndedLine {
    /// Without the line end.
    var content: ArraySlice<UInt8>
    /// As received, up to the limit.
    var raw: [UInt8]
    var length: Int
    var oddities: [Oddity] = []

    init(_ kept: [UInt8], length: Int, limits: ReplyParser.Limits) {
        (raw, self.length) = (kept, length)
        content = kept[...]
        if length > kept.count {
            content = kept.prefix(limits.line)
            oddities.append(Oddity(.lineCut, "\(length) octets, \(limits.line) kept"))
        } else {
            content.removeLast()
            var returns = 0
            while content.last == UInt8(ascii: "\r") {
                content.removeLast()
                returns += 1
            }
            if returns == 0 { oddities.append(Oddity(.bareLineFeed, "LF without CR")) }
            if returns > 1 {
                oddities.append(Oddity(.carriageReturnsDoubled, returns == 2 ? "CR CR LF" : "\(returns) CR before LF"))
            }
        }
        if length > limits.expectedLine {
            oddities.append(Oddity(.lineTooLong, "\(length) octets; RFC 5321 allows \(limits.expectedLine)"))
        }
    }
}
