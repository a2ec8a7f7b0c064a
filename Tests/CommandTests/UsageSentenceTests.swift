import ArgumentParser
import MailVocabulary
import Testing

@testable import porthole

@Suite("Usage sentence")
struct UsageSentenceTests {
    private static func sentence(_ words: [String]) -> String? {
        do {
            _ = try CommandReading.command(words)
            return nil
        } catch { return UsageSentence(error)?.phrase.description }
    }

    @Test(
        "what is wrong with a line is one sentence that names the option and says where more is told",
        arguments: [
            (
                ["send", "h", "--tls-min", "9"],
                "the value '9' is invalid for '--tls-min'; please provide one of '1.0', '1.1', '1.2' or '1.3'"
            ),
            (["send", "h", "--port", "many"], "the value 'many' is invalid for '--port'"),
            (["send", "h", "--send=yes"], "the option '--send' does not take any value, but 'yes' was specified"),
            (["send", "h", "--port", "it's. Bad"], "the value 'it's. Bad' is invalid for '--port'"),
            (["send", "h", "--port", "a. B"], "the value 'a. B' is invalid for '--port'"),
            (["send", "h", "--port", "1\nUsage: x"], "the value '1\nUsage: x' is invalid for '--port'"),
            (["send", "h", "i"], "unexpected argument 'i'"),
            (
                ["send", "h", "--count", "-1"],
                "missing value for '--count'; one that begins with a hyphen is joined to it by ="
            ),
            (
                ["send", "h", "--password-fd", "3", "--password-env", "X"],
                "one of --password-file, --password-env and --password-fd is enough"
            ),
        ])
    func told(words: [String], sentence: String) {
        #expect(Self.sentence(words) == sentence + "; porthole send --help lists the options")
    }

    @Test("an exit code alone is no mistake of a line: its command has said everything")
    func exitCode() { #expect(UsageSentence(ExitCode(66)) == nil) }

    @Test("a name that is nearly right is offered")
    func nearly() {
        let said = "unknown option '--frum'; did you mean '--from'? porthole send --help lists the options"
        #expect(Self.sentence(["send", "h", "--frum", "x"]) == said)
    }

    @Test("a sentence of our own that begins with an option is kept whole")
    func own() {
        let words = Self.sentence(["trace", "--list", "--log", "x", "--cache", "y", "--json"])
        let said =
            "--cache is for one needle, in full or as --list: it does not go with --summary, --session, --log-format"
        #expect(words == said + "; porthole trace --help lists the options")
    }

    @Test("a value with lines of its own stays in its sentence")
    func lines() {
        #expect(
            Self.sentence(["send", "h", "--port", "1\nUse: x"])
                == "the value '1\nUse: x' is invalid for '--port'; porthole send --help lists the options")
    }

    @Test("help and a version are no mistakes", arguments: [["--help"], ["send", "--help"], ["--version"]])
    func help(words: [String]) { #expect(Self.sentence(words) == nil) }
}
