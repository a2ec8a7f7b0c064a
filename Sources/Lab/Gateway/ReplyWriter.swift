import MailVocabulary

/// Turns a persona's phrases into reply lines on the wire.
struct ReplyWriter: Sendable {
    let persona: Persona
    let host: String
    let client: IPAddress
    /// What the reverse lookup gave; the address in brackets before it did.
    var clientName: String
    /// Sent after the text of each line: what a hostile server would like the terminal to do.
    var ending: [UInt8] = []

    /// The words that a phrase may want.
    struct Words {
        var address = ""
        var id = ""
        var messageID = ""
        var word = ""
        var date = ""
        var seconds = ""
        var size = ""
    }

    /// The phrase as `code text` lines without line ends.
    func text(_ phrase: Phrase, _ words: Words = Words()) -> String {
        let filled = [
            "host": host, "ip": client.description, "client": clientName, "address": words.address, "id": words.id,
            "messageid": words.messageID, "word": words.word, "date": words.date, "seconds": words.seconds,
            "size": words.size,
        ]
        return Self.fill(persona.template(phrase), filled)
    }

    /// `code text` lines, divided by line feeds, as on the wire: CRLF, and a hyphen in all lines but the last.
    func wire(_ text: String) -> [UInt8] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line -> [UInt8] in
            var bytes = Array(line.utf8)
            if bytes.count > 3, bytes[3] == UInt8(ascii: " ") || bytes[3] == UInt8(ascii: "-") {
                bytes[3] = index == lines.count - 1 ? UInt8(ascii: " ") : UInt8(ascii: "-")
            }
            return bytes + ending + [13, 10]
        }
    }

    /// One pass: what is filled in is never looked at again, so an address `{host}` stays one.
    static func fill(_ template: String, _ words: [String: String]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            result += words[String(rest[rest.index(after: open)..<close])] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// Escape sequences, an OSC title, C1 controls as one byte and as UTF-8, a bidirectional override and a NUL.
    static let hostileEnding: [UInt8] =
        [0x1B] + Array("[31m".utf8) + [0x1B] + Array("]0;owned".utf8) + [0x07, 0x9B] + Array("2J".utf8)
        + [0xC2, 0x9B, 0xE2, 0x80, 0xAE, 0x00, 0x08]
}
