/// What is wrong with bytes that should be a DNS message.
public enum MalformedMessage: Error, Hashable, Sendable, CustomStringConvertible {
    /// Bytes that came, fewer than the 12 of a header.
    case shortHeader(Int)
    /// The message ends inside a name, record or length that starts before the given byte.
    case truncated(at: Int)
    /// A section announces more records than there are.
    case fewerRecords(section: String, announced: Int, found: Int)
    /// A compression pointer that does not point backwards, RFC 1035 §4.1.4.
    case forwardPointer(at: Int)
    /// More than 128 pointers in one name.
    case pointerChain(at: Int)
    /// A length byte of 64 to 191, which no label has.
    case labelType(UInt8, at: Int)
    /// A name of more than 255 bytes.
    case longName(at: Int)
    /// Names that unfold to more labels than a message can honestly hold.
    case labelFlood
    /// RDLENGTH and the data disagree.
    case recordLength(RecordType, says: Int, at: Int)

    /// One lower-case sentence; counts are bytes from the start of the message.
    public var description: String {
        switch self {
        case .shortHeader(let count):
            "\(count) bytes are fewer than a header's 12"
        case .truncated(let position):
            "it ends in the middle of a record, at byte \(position)"
        case .fewerRecords(let section, let announced, let found):
            "its \(section) section announces \(announced) records and holds \(found)"
        case .forwardPointer(let position):
            "the compression pointer at byte \(position) does not point backwards"
        case .pointerChain(let position):
            "the name at byte \(position) has more than \(MessageDecoder.jumpLimit) compression pointers"
        case .labelType(let byte, let position):
            "the label at byte \(position) has the impossible length \(byte)"
        case .longName(let position):
            "the name at byte \(position) is longer than 255 bytes"
        case .labelFlood:
            "its names unfold to more than \(MessageDecoder.labelBudget) labels"
        case .recordLength(let type, let length, let position):
            "the \(type) record at byte \(position) says that its data has \(length) bytes, and it has not"
        }
    }
}
