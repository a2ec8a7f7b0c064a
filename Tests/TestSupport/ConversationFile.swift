import Glibc

/// A `.smtp` file of the tests, known by its situation.
public struct ConversationFile: Sendable, CustomStringConvertible {
    public var description: String
    private let path: String

    /// All files, in order of their names.
    public static let all: [ConversationFile] = {
        let here = "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/")
        let folder = "/\(here)/SMTPTests/Conversations"
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".smtp") { names.append(name) }
        }
        return names.sorted().map { ConversationFile(description: String($0.dropLast(5)), path: "\(folder)/\($0)") }
    }()

    /// The file, read.
    public func conversation() throws -> Conversation { try Conversation(text()) }

    private func text() throws -> String {
        guard let file = unsafe fopen(path, "r") else { throw Conversation.Fault(description: "cannot read \(path)") }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let byte = unsafe fgetc(file)
            guard byte != EOF else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
    }
}
