import FoundationEssentials
import Glibc
import Testing

@testable import porthole

@Suite("Input file")
struct InputFileTests {
    /// The descriptor of a file without a name, at its beginning.
    private static func descriptor(of text: String) throws -> CInt {
        let path = "\(FileManager.default.temporaryDirectory.path)/porthole-input.\(UInt64.random(in: .min ... .max))"
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { unsafe unlink(path) }
        return unsafe open(path, O_RDONLY | O_CLOEXEC)
    }

    @Test("a file behind the standard input is read again only if it may be opened again", arguments: [true, false])
    func reopening(isAllowed: Bool) throws {
        let descriptor = try Self.descriptor(of: "text")
        defer { close(descriptor) }
        let input = try InputFile("-", standardInput: descriptor) { path, _ in
            #expect(path == "/proc/self/fd/\(descriptor)")
            return isAllowed
        }
        #expect(input.isRepeatable == isAllowed && input.name == "the standard input")
        #expect(try input.next() == Array("text".utf8))
    }

    @Test("one that may be opened again is the same file then")
    func same() throws {
        let descriptor = try Self.descriptor(of: "text")
        defer { close(descriptor) }
        #expect(try InputFile("-", standardInput: descriptor).isRepeatable)
        let empty = try Self.descriptor(of: "")
        defer { close(empty) }
        #expect(try !InputFile("-", standardInput: empty).isRepeatable)
    }

    @Test(
        "what can be read only once is kept where TMPDIR says, and empty is as good as unset",
        arguments: [(nil, "/var/tmp"), ("", "/var/tmp"), ("/x", "/x")] as [(String?, String)])
    func folder(wish: String?, folder: String) {
        #expect(SpoolFile.folder(wish) == folder)
    }

    @Test("what is kept can be read again by its path, and no command has it")
    func spool() throws {
        let spool = try SpoolFile(of: "the standard input")
        try spool.append(Array("kept".utf8))
        #expect(try InputFile(spool.path).next() == Array("kept".utf8))
        let number = try #require(CInt(spool.path.split(separator: "/").last ?? ""))
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
    }
}
