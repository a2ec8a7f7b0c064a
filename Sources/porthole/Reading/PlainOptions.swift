import ArgumentParser

/// Options that are read without the parser, where the line is plainly right.
///
/// Each group names its options once more: to find them out by reflection, or by decoding, takes as long as a session with a server
/// nearby, because every type that is named at run time is looked for among all that conforms to anything. A test holds both
/// readings against each other, option by option.
protocol PlainOptions: ParsableArguments {
    /// - Throws: `NotPlain` where the whole parser has to look.
    mutating func read(_ line: PlainArguments) throws
}

extension PlainOptions {
    /// - Returns: `nil` where the words are not plainly right; the whole parser has the words for what is wrong.
    static func plain(_ words: [String]) -> Self? {
        let line = PlainArguments(words)
        guard let options: Self = try? line.group(), line.isSpent else { return nil }
        return options
    }
}
