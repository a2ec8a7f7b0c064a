import MailVocabulary

/// A service extension that the server names in its EHLO reply, RFC 5321 §4.1.1.1.
///
///     S: 250-SIZE 33554432
public struct EHLOKeyword: Hashable, Sendable, CustomStringConvertible {
    /// In capitals: keywords have no case. Outside text.
    public var name: String
    /// As sent. Outside text.
    public var parameters: [String]

    public init(_ name: String, _ parameters: [String] = []) {
        (self.name, self.parameters) = (name.uppercased(), parameters)
    }

    /// The keywords of an EHLO reply: every line but the first. The `AUTH=LOGIN` of old servers is joined with `AUTH`, without
    /// doubles; a keyword that nobody knows is a keyword.
    public static func list(in reply: Reply) -> [EHLOKeyword] {
        var keywords: [EHLOKeyword] = []
        for line in reply.lines.dropFirst() {
            // Bytes, not characters: a blank with a combining mark behind it is one character, and still a blank.
            var words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard var name = words.first?.uppercased() else { continue }
            words.removeFirst()
            if name.hasPrefix("AUTH=") {
                words.insert(String(name.dropFirst(5)), at: 0)
                name = "AUTH"
            }
            if name == "AUTH", let known = keywords.firstIndex(where: { $0.name == name }) {
                let have = Set(keywords[known].parameters.map { $0.uppercased() })
                keywords[known].parameters += words.filter { !have.contains($0.uppercased()) }
            } else {
                keywords.append(EHLOKeyword(name, words))
            }
        }
        return keywords
    }

    /// `SIZE 33554432`.
    public var description: String { ([name] + parameters).joined(separator: " ") }
}
