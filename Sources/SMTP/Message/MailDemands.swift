/// What MAIL says beside the reverse-path.
public struct MailDemands: Hashable, Sendable {
    /// RET, RFC 3461 §4.3: how much of a failed message comes back.
    public enum Return: String, Hashable, Sendable, CaseIterable { case full = "FULL", headers = "HDRS" }

    /// BODY, RFC 6152 §2 and RFC 3030 §3.
    public enum Body: String, Hashable, Sendable, CaseIterable {
        case sevenBit = "7BIT"
        case eightBit = "8BITMIME"
        case binary = "BINARYMIME"
    }

    /// SIZE, RFC 1870 §5.
    public enum Size: Hashable, Sendable {
        /// That of the test message, with CRLF.
        case ofMessage
        case octets(Int)
    }

    public var returns: Return?
    /// ENVID, RFC 3461 §4.4, not yet encoded.
    public var envelopeID: String?
    /// `nil`: 8BITMIME where the message needs it and the server has it.
    public var body: Body?
    public var size: Size?
    /// SMTPUTF8, RFC 6531 §3.4, even where no address needs it.
    public var isInternational = false
    /// Sent as they are, whatever the server offers.
    public var byHand: [String] = []

    public init() {}
}

/// Text in the parameters of RFC 3461 §4: printable ASCII as it is, everything else, `+` and `=` as `+XX`.
public enum XText {
    public static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if (0x21...0x7E).contains(byte), byte != 0x2B, byte != 0x3D {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += (byte < 16 ? "+0" : "+") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// `nil` for what `encode` would not write.
    public static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x2B else {
                guard (0x21...0x7E).contains(byte), byte != 0x3D else { return nil }
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            // RFC 3461 §4: the digits are capitals.
            guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
