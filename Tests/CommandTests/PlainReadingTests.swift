import ArgumentParser
import FoundationEssentials
import Testing

@testable import porthole

@Suite("Plain arguments")
struct PlainReadingTests {
    /// What the parser says of itself.
    private struct Description: Decodable {
        struct Command: Decodable { var arguments: [Argument] }
        struct Argument: Decodable {
            struct Name: Decodable {
                var kind: String
                var name: String
            }
            var kind: String
            var names: [Name]?
            var isRepeating: Bool
        }
        var command: Command

        static func options() throws -> [Argument] {
            try JSONDecoder().decode(Description.self, from: Data(Send._dumpHelp().utf8)).command.arguments
                .filter { $0.names?.contains { $0.name == "help" } == false }
        }
    }

    /// A command with all that it was told; the titles of groups are for the help and not kept by the parser.
    private static func text(_ command: some ParsableArguments) -> String {
        var text = ""
        dump(command, to: &text)
        return text.split(separator: "\n").filter { !$0.contains("- title: ") }.joined(separator: "\n")
    }

    private static func whole(_ words: [String]) -> String? {
        (try? Send.parseAsRoot(words) as? Send).map { text($0) }
    }

    private static func plain(_ words: [String]) -> String? {
        Send.plain(words).map { text($0) }
    }

    /// The words that set an option to something that it can be, different from what others are set to.
    private static func words(_ option: Description.Argument, _ number: Int, joined: Bool) throws -> [String] {
        let name = try #require(option.names?.first)
        let spelled = name.kind == "long" ? "--\(name.name)" : "-\(name.name)"
        if option.kind == "flag" { return [spelled] }
        let values = ["7\(number)", "text \(number)", "offered", "1.2", "ja", "either"]
        for value in values {
            let words = joined ? ["\(spelled)=\(value)"] : [spelled, value]
            if plain(words) != nil { return words }
        }
        throw Unknown(option: spelled)
    }

    private struct Unknown: Error { var option: String }

    /// One source of a password is enough, as the parser says too.
    private static let others = ["password-env", "password-fd"]

    @Test(
        "every option of send is read as the whole parser reads it, in both forms, and twice where it may be repeated",
        arguments: [false, true])
    func options(joined: Bool) throws {
        let options = try Description.options().filter { !Self.others.contains($0.names?.first?.name ?? "") }
        #expect(options.count > 100)
        let each = try options.enumerated().map { try Self.words($1, $0, joined: joined) }
        let again = try options.enumerated().filter(\.element.isRepeating)
            .flatMap { try Self.words($1, 500 + $0, joined: joined) }
        let half = each.count / 2
        for line in [each.flatMap(\.self) + again, each[..<half].flatMap(\.self), each[half...].flatMap(\.self)] {
            let words = ["mx.example.test"] + line
            let plain = try #require(Self.plain(words))
            #expect(plain == Self.whole(words))
        }
    }

    @Test("the other sources of a password are read as the whole parser reads them", arguments: others)
    func sources(name: String) throws {
        let words = ["mx.example.test", "--\(name)", "3"]
        let plain = try #require(Self.plain(words))
        #expect(plain == Self.whole(words))
    }

    @Test(
        "a line without options, without a target, and with empty values is read as the whole parser reads it",
        arguments: [[], ["mx.example.test"], ["--from", "", "--send"], ["h", "--sni", ""], ["--pipe", "nc h 25"]])
    func small(words: [String]) throws {
        let plain = try #require(Self.plain(words))
        #expect(plain == Self.whole(words))
    }

    @Test(
        "what is not plainly right is left to the whole parser",
        arguments: [
            ["h", "--help"], ["--help"], ["-h"], ["h", "--version"], ["h", "i"], ["--send", "h"], ["h", "--nothing"],
            ["h", "--from"],
            ["h", "--from", "--send"], ["h", "--body", "-"], ["h", "--port", "many"],
            ["h", "--port", "1", "--port", "2"],
            ["h", "--tls", "perhaps"], ["h", "--send=yes"], ["h", "--sni="], ["h", "-46"], ["h", "--", "x"],
            ["h", "--password-fd", "3", "--password-env", "X"],
            ["h", "--max-time", "soon"], ["h", "--lang", "xx"], ["h", "--greet", "hello"],
        ])
    func other(words: [String]) { #expect(Self.plain(words) == nil) }
}
