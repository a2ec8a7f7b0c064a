/// Fields of a header, RFC 5322 §2.2, or of a part of a delivery status notification, which has the same form, RFC 3464 §2.1.
struct HeaderBlock {
    /// Names in lower case, folded values on one line, in the order in which they came.
    private(set) var fields: [(name: String, value: String)] = []

    /// Takes a line in; `false` for one that is no field and no continuation of one.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
        if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
            guard !fields.isEmpty else { return false }
            fields[fields.count - 1].value += " " + Self.text(line)
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) })
        else { return false }
        fields.append((Self.text(line[..<colon]).lowercased(), Self.text(line[(colon + 1)...])))
        return true
    }

    /// The value of the first field of that name, in lower case, that has one.
    subscript(name: String) -> String? { fields.first { $0.name == name && !$0.value.isEmpty }?.value }

    /// What stands behind the type of an address or a code, `rfc822; user@example.test`, RFC 3464 §2.3; all of it without a type.
    func typed(_ name: String) -> String? {
        guard let bytes = self[name].map({ Array($0.utf8) }) else { return nil }
        let semicolon = bytes.firstIndex(of: UInt8(ascii: ";"))
        let text = Self.text(bytes[(semicolon.map { $0 + 1 } ?? 0)...])
        return text.isEmpty ? nil : text
    }

    /// `multipart/report` of a Content-Type, in lower case; `text/plain` without one, RFC 2045 §5.2.
    var mediaType: String {
        let bytes = Array((self["content-type"] ?? "text/plain").utf8)
        return Self.text(bytes.prefix { $0 != UInt8(ascii: ";") }).lowercased()
    }

    /// The boundary that a Content-Type names, RFC 2046 §5.1.1.
    var boundary: [UInt8]? {
        let bytes = Array((self["content-type"] ?? "").utf8)
        let name = Array("boundary=".utf8)
        let folded = bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
        guard folded.count > name.count,
            let place = (0...(folded.count - name.count)).first(where: {
                folded[$0..<($0 + name.count)].elementsEqual(name)
            })
        else { return nil }
        let rest = bytes[(place + name.count)...]
        let quote = UInt8(ascii: "\"")
        let text =
            rest.first == quote
            ? rest.dropFirst().prefix { $0 != quote }
            : rest.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
        return text.isEmpty ? nil : Array(text)
    }

    /// Without the blanks at both ends; bytes that are no UTF-8 are replaced.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let rest = bytes.drop(while: isBlank)
        let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? rest.startIndex
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
