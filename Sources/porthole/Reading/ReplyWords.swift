/// The words of a reply on a command line, where one that begins with a hyphen is no option: `550 5.7.1 Refused -8`.
enum ReplyWords {
    /// Stands before such a word while the parser reads. No argument of a process can hold it.
    private static let mark: Character = "\0"

    /// The arguments of `explain`, with every word behind the reply's code told from an option. A word with two hyphens stays
    /// one: it could be misspelt.
    static func told(_ arguments: [String]) -> [String] {
        guard arguments.first == "explain" else { return arguments }
        var isReply = false
        return arguments.map { word in
            isReply = isReply || word.first?.isNumber == true
            let isPlain = !word.hasPrefix("-") || word.hasPrefix("--") || ["-", "-h"].contains(word)
            return isReply && !isPlain ? String(mark) + word : word
        }
    }

    /// The text of the reply, as it was typed; `\n` for the end of a line.
    static func text(_ words: [String]) -> String {
        words.map { $0.first == mark ? String($0.dropFirst()) : $0 }.joined(separator: " ")
            .split(separator: "\\n", omittingEmptySubsequences: false).joined(separator: "\n")
    }
}
