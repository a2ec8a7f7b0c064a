import MailVocabulary

/// The domain of a term, with macros, RFC 7208 §7.1.
public struct SPFDomainSpec: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case literal([UInt8])
        case macro(SPFMacro)
    }

    let parts: [Part]

    /// Reads a domain-spec.
    ///
    /// - Throws: the reason, to stand behind the term.
    init(_ bytes: ArraySlice<UInt8>, isDomain: Bool = true) throws(SPFWords) {
        var (parts, literal): ([Part], [UInt8]) = ([], [])
        var rest = bytes
        while let byte = rest.popFirst() {
            guard (0x21...0x7E).contains(byte) else { throw SPFWords("holds a byte that is not printable ASCII") }
            guard byte == UInt8(ascii: "%") else {
                literal.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "%"): literal.append(UInt8(ascii: "%"))
            case UInt8(ascii: "_"): literal.append(0x20)
            case UInt8(ascii: "-"): literal += Array("%20".utf8)
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                    throw SPFWords("has a macro without its closing brace")
                }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                parts.append(.macro(try SPFMacro(rest[..<end])))
                rest = rest[(end + 1)...]
            case _: throw SPFWords("has a % that begins no macro; a percent sign is written %%")
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
        if isDomain { try checkEnd() }
    }

    /// domain-end: a macro, or a dot and a label that is not a number.
    private func checkEnd() throws(SPFWords) {
        guard let last = parts.last else { throw SPFWords("has no domain after its sign") }
        guard case .literal(var bytes) = last else { return }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else {
            throw SPFWords("names a domain without a dot")
        }
        let label = bytes[(dot + 1)...]
        let isAlphanumeric = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard let first = label.first, let end = label.last, isAlphanumeric(first), isAlphanumeric(end),
            label.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") }),
            !label.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw SPFWords("ends in a label that no top-level domain can have") }
    }

    /// The macro letters that are used, in small.
    var letters: Set<UInt8> {
        Set(
            parts.compactMap {
                guard case .macro(let macro) = $0 else { return nil }
                return macro.letter
            })
    }

    /// The name that it stands for, where the values of all its macros are known; too long a name loses labels at its left
    /// (§7.3). `nil` if a value is missing, or no name comes of it.
    func name(_ values: [UInt8: [UInt8]]) -> DNSName? {
        var text: [UInt8] = []
        for part in parts {
            switch part {
            case .literal(let bytes): text += bytes
            case .macro(let macro):
                guard let value = values[macro.letter] else { return nil }
                text += macro.expanded(value)
            }
        }
        if text.last == UInt8(ascii: ".") { text.removeLast() }
        while text.count > 253, let dot = text.firstIndex(of: UInt8(ascii: ".")) { text.removeSubrange(...dot) }
        let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
        guard labels.allSatisfy({ (1...63).contains($0.count) }) else { return nil }
        let name = DNSName(unchecked: labels)
        return name.wireLength <= 255 ? name : nil
    }
}

/// Why a text cannot be read, to stand behind it.
struct SPFWords: Error, Hashable, Sendable {
    let text: Phrase

    init(_ text: Phrase) { self.text = text }
}
