/// Replies in the text of a bounce without fields, as old servers write it: each paragraph that quotes one speaks of a recipient.
enum BounceText {
    static func recipients(in lines: [ArraySlice<UInt8>]) -> [BouncedRecipient] {
        var found: [BouncedRecipient] = []
        let told = lines.prefix { !isBeginOfCopy($0) }
        for paragraph in told.split(whereSeparator: { line in line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) {
            guard let reply = EmbeddedReply(in: Array(paragraph)), reply.isPlain,
                let first = reply.lines.first?.first, first == UInt8(ascii: "4") || first == UInt8(ascii: "5")
            else { continue }
            let words = reply.lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            found.append(
                BouncedRecipient(address: paragraph.lazy.compactMap(address).first, action: "failed", diagnostic: words)
            )
        }
        return found
    }

    /// `--- Below this line is a copy of the message.`, `   ----- Original message follows -----`
    private static func isBeginOfCopy(_ line: ArraySlice<UInt8>) -> Bool {
        let rest = line.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.starts(with: Array("---".utf8)) else { return false }
        let words = String(decoding: rest.prefix(200), as: UTF8.self).lowercased()
        return ["copy of the message", "copy of your message", "original message"].contains { words.contains($0) }
    }

    /// The first word with an `@`, without what stands around an address in a text.
    private static func address(in line: ArraySlice<UInt8>) -> String? {
        let isAround = { (byte: UInt8) in Array("<>\"'(),:;.".utf8).contains(byte) }
        return line.split { $0 == 0x20 || $0 == 0x09 }.lazy.compactMap { word -> String? in
            let bare = word.drop(while: isAround)
            guard let end = bare.lastIndex(where: { !isAround($0) }) else { return nil }
            let parts = bare[...end].split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            return String(decoding: bare[...end], as: UTF8.self)
        }.first
    }
}
