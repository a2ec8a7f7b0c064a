/// A parameter of a MIME header field, RFC 2045 §5.1, with the charsets and continuations of RFC 2231.
enum MIMEParameter {
    /// Octets of a value in one piece; longer ones are continued, RFC 2231 §3.
    private static let piece = 60

    /// `; name="value"` in one or more pieces, each with a blank before it so that the field can be folded there.
    static func text(_ name: String, _ value: String) -> String {
        let isASCII = value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        let units = isASCII ? value.utf8.map(quoted) : value.utf8.map(percent)
        let whole = units.joined()
        if whole.utf8.count <= piece { return isASCII ? "; \(name)=\"\(whole)\"" : "; \(name)*=utf-8''\(whole)" }
        var pieces = [""]
        for unit in units {
            if (pieces.last?.utf8.count ?? 0) + unit.utf8.count > piece { pieces.append("") }
            pieces[pieces.endIndex - 1] += unit
        }
        return pieces.enumerated().map { number, text in
            if isASCII { return "; \(name)*\(number)=\"\(text)\"" }
            return "; \(name)*\(number)*=\(number == 0 ? "utf-8''" : "")\(text)"
        }.joined()
    }

    private static func quoted(_ byte: UInt8) -> String {
        let character = String(Unicode.Scalar(byte))
        return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? "\\" + character : character
    }

    private static func percent(_ byte: UInt8) -> String {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            String(Unicode.Scalar(byte))
        default: "%" + QuotedPrintable.hexadecimal(byte)
        }
    }
}
