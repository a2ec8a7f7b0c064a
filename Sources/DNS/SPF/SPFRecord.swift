import MailVocabulary

/// An SPF record, RFC 7208 §3, read term by term. A term that cannot be read does not hide the others.
public struct SPFRecord: Hashable, Sendable {
    /// The strings of the TXT record joined.
    public let text: [UInt8]
    /// In the order written.
    public private(set) var terms: [SPFTerm] = []
    /// Each one makes the record a permanent error.
    public private(set) var faults: [SPFSyntaxFault] = []

    /// Reads a text that begins with `v=spf1`.
    public init(_ text: [UInt8]) {
        self.text = text
        var position = min(6, text.count)
        while position < text.count {
            guard text[position] != 0x20 else {
                position += 1
                continue
            }
            let word = text[position...].prefix { $0 != 0x20 }
            let shown = PresentationText.escaped(word.prefix(120), also: UInt8(ascii: "\\"))
            do throws(SPFWords) {
                let (qualifier, content) = try SPFTermReader.term(word)
                terms.append(SPFTerm(qualifier: qualifier, content: content, text: shown, position: position + 1))
            } catch {
                faults.append(SPFSyntaxFault(term: shown, position: position + 1, reason: error.text))
            }
            position = word.endIndex
        }
        noteRepetitions()
    }

    /// Whether the text is an SPF record: the version is followed by a space or the end, §4.5.
    static func isRecord(_ text: [UInt8]) -> Bool {
        TextRecords.begins(text, with: "v=spf1") && (text.count == 6 || text[6] == 0x20)
    }

    /// The mechanisms up to `all`, behind which nothing is looked at.
    var mechanisms: [SPFTerm] {
        var result: [SPFTerm] = []
        for term in terms where term.isMechanism {
            result.append(term)
            if term.content == .all { break }
        }
        return result
    }

    /// The `all`, if there is one.
    var all: SPFTerm? { terms.first { $0.content == .all } }

    /// The redirect, if it is looked at: an `all` anywhere makes it void, §6.1.
    var redirect: (term: SPFTerm, target: SPFDomainSpec)? {
        guard all == nil else { return nil }
        for term in terms { if case .redirect(let target) = term.content { return (term, target) } }
        return nil
    }

    /// §6: `redirect` and `exp` may stand once each.
    private mutating func noteRepetitions() {
        var seen: Set<String> = []
        for term in terms {
            let name: String
            switch term.content {
            case .redirect: name = "redirect"
            case .explanation: name = "exp"
            case .all, .include, .a, .mx, .ptr, .network, .exists, .unknownModifier: continue
            }
            guard !seen.insert(name).inserted else { continue }
            let reason: Phrase = "is the second \(name): there may be one"
            faults.append(SPFSyntaxFault(term: term.text, position: term.position, reason: reason))
        }
    }
}
