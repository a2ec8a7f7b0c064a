import ArgumentParser

/// The words behind a command's name, each of which is read at most once: options with their values, flags, and what stands first.
///
/// Nothing here knows the options: whoever asks for one says whether a value belongs to it. What nobody asked for is left over, and
/// then the line is not plain.
final class PlainArguments {
    /// The line needs the whole parser: for its words of help, or for what is wrong.
    struct NotPlain: Error {}

    private let words: [String]
    private var isRead: [Bool]

    init(_ words: [String]) {
        self.words = words
        isRead = Array(repeating: false, count: words.count)
    }

    /// Every word was asked for.
    var isSpent: Bool { isRead.allSatisfy(\.self) }

    /// The first word, if it is no option.
    func subject() -> String? {
        guard let first = words.first, Self.isValue(first), !isRead[0] else { return nil }
        isRead[0] = true
        return first
    }

    /// - Parameter name: With its hyphens.
    func hasFlag(_ name: String) -> Bool {
        var found = false
        for index in words.indices where words[index] == name { (isRead[index], found) = (true, true) }
        return found
    }

    /// The values of an option, `--name VALUE` or `--name=VALUE`, in their order.
    ///
    /// - Throws: `NotPlain` for an option without a value.
    func values(_ name: String) throws(NotPlain) -> [String] {
        var values: [String] = []
        for index in words.indices where words[index].hasPrefix(name) {
            let word = words[index]
            if word == name {
                guard words.indices.contains(index + 1), Self.isValue(words[index + 1]), !isRead[index + 1] else {
                    throw NotPlain()
                }
                values.append(words[index + 1])
                isRead[index + 1] = true
            } else {
                let rest = word.dropFirst(name.count)
                guard rest.first == "=" else { continue }
                guard rest.count > 1 else { throw NotPlain() }
                values.append(String(rest.dropFirst()))
            }
            isRead[index] = true
        }
        return values
    }

    /// The value of an option that stands once; `nil` where it does not stand.
    ///
    /// - Throws: `NotPlain` for an option that stands twice, or has a value that is none of its own.
    func value<Value: ExpressibleByArgument>(_ name: String) throws(NotPlain) -> Value? {
        let values = try values(name)
        guard let text = values.first else { return nil }
        guard values.count == 1, let value = Value(argument: text) else { throw NotPlain() }
        return value
    }

    /// A group of options, which must agree with one another.
    ///
    /// - Throws: `NotPlain`, and what the group says to itself.
    func group<Group: PlainOptions>() throws -> Group {
        var group = Group()
        try group.read(self)
        try group.validate()
        return group
    }

    private static func isValue(_ word: String) -> Bool { word.utf8.first != UInt8(ascii: "-") }
}
