/// A deviation from the protocol that was seen on the wire: named, kept, never repaired in silence.
public struct Oddity: Hashable, Sendable {
    /// What kind of deviation.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case bareLineFeed = "bare-line-feed"
        case carriageReturnsDoubled = "doubled-carriage-return"
        case noSpaceAfterCode = "no-space-after-code"
        case tabAfterCode = "tab-after-code"
        case codeChangedMidReply = "code-changed"
        case contradictoryCodes = "contradictory-codes"
        case statusContradictsCode = "status-contradicts-code"
        case statusWithHash = "status-with-hash"
        case statusNotNumeric = "status-not-numeric"
        case lineTooLong = "line-too-long"
        case lineCut = "line-cut"
        case replyCut = "reply-cut"
        case notAReply = "not-a-reply"
        case controlBytes = "control-bytes"
        case eightBitBytes = "eight-bit-bytes"
        case unsolicited = "unsolicited-reply"
        case bytesAfterStartTLS = "bytes-after-starttls"
        case undefinedCode = "undefined-code"
        case unexpectedCode = "unexpected-code"
        case maskedBanner = "masked-banner"
        case lateReply = "late-reply"
        case wrongProtocol = "wrong-protocol"
        case tlsTruncated = "tls-truncated"
    }

    public var kind: Kind
    /// What exactly was seen, in words or as the bytes that were sent. Outside text: print it only through `PrintableText`.
    public var evidence: String

    public init(_ kind: Kind, _ evidence: String = "") { (self.kind, self.evidence) = (kind, evidence) }
}
