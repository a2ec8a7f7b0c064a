/// Makes a command out of plain arguments, by the initializer that its options are decoded with.
struct PlainDecoder: Decoder {
    let arguments: PlainArguments

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(PlainContainer(arguments: arguments))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw PlainArguments.NotPlain() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw PlainArguments.NotPlain() }

    /// - Returns: `nil` where the arguments are not plainly right; the whole parser has the words for what is wrong.
    static func read<Command: Decodable>(_ type: Command.Type, from words: [String]) -> Command? {
        let arguments = PlainArguments(words)
        guard let command = try? Command(from: PlainDecoder(arguments: arguments)), arguments.isSpent else {
            return nil
        }
        return command
    }
}
