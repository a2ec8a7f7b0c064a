/// What a receiver makes of a message: enough of RFC 2045 to 2047 to prove what the composer writes, and written apart from it.
struct MIMEReading {
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var body = ""

    init(_ text: String) {
        let halves = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        for line in halves[0].split(separator: "\r\n") {
            if line.hasPrefix(" ") || line.hasPrefix("\t"), !fields.isEmpty {
                fields[fields.count - 1].value += line
            } else {
                let parts = line.split(separator: ":", maxSplits: 1)
                fields.append((String(parts[0]), String(parts.last ?? "").trimmed))
            }
        }
        body = halves.count == 2 ? String(halves[1]) : ""
    }

    func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// The parts of a multipart.
    var parts: [MIMEReading] {
        guard let type = field("Content-Type"), let start = type.firstRange(of: "boundary=\"") else { return [] }
        let boundary = type[start.upperBound...].prefix { $0 != "\"" }
        var pieces = ("\r\n" + body).split(separator: "\r\n--\(boundary)", omittingEmptySubsequences: false)
        pieces.removeFirst()
        return pieces.prefix { !$0.hasPrefix("--") }.map { MIMEReading(String($0.dropFirst())) }
    }

    /// The content, decoded.
    var content: [UInt8] {
        switch field("Content-Transfer-Encoding") {
        case "base64": Self.base64(body)
        case "quoted-printable": Self.quoted(body.split(separator: "=\r\n", omittingEmptySubsequences: false).joined())
        default: Array(body.utf8)
        }
    }

    /// Encoded words, decoded; blanks between two of them are nothing.
    static func decoded(_ value: String) -> String {
        var result: [UInt8] = []
        var wasEncoded = false
        var blanks = ""
        for word in value.split(separator: " ", omittingEmptySubsequences: false) {
            let parts = word.split(separator: "?", omittingEmptySubsequences: false)
            let isEncoded = parts.count == 5 && parts[0] == "=" && parts[4] == "=" && parts[3] != "fake"
            if !(isEncoded && wasEncoded) { result += blanks.utf8 }
            if isEncoded {
                let text = String(parts[3])
                result += parts[2] == "B" ? base64(text) : quoted(text.replacing("_", with: " "))
            } else {
                result += word.utf8
            }
            (wasEncoded, blanks) = (isEncoded, " ")
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                result.append(byte)
                continue
            }
            result.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return result
    }

    private static func base64(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var (result, bits, count) = ([UInt8](), 0, 0)
        for character in text {
            guard let value = alphabet.firstIndex(of: character) else { continue }
            (bits, count) = ((bits << 6 | value) & 0xFFFFFF, count + 6)
            if count >= 8 {
                count -= 8
                result.append(UInt8(bits >> count & 255))
            }
        }
        return result
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
