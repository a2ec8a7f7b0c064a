import Glibc
import MailVocabulary
import SMTP
import TestSupport
import Testing

@testable import Wire

@Suite("Transcript file")
struct SessionTranscriptFileTests {
    @Test("holds every event as it happened, for its owner alone, and opens again as the same session")
    func holdsSession() async throws {
        let own = try SessionTestFolder()
        defer { withExtendedLifetime(own) {} }
        let folder = own.path + "/state/sessions"
        let server = try await FakeMTA([.server(Array("554 go away \u{1B}[2J\r\n".utf8)), .client("QUIT"), .closes])
        let driver = SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [.loopback])]) }, trustFile: nil,
            journalFolder: folder)
        let record = await driver.run(SessionDriverTests.plan(port: server.port))
        await server.stop()
        let names = SessionTestFolder.names(in: folder)
        #expect(names.count == 2)
        let journal = try #require(names.first { $0.hasSuffix("-mx1.example.test.session") })
        let opened = try #require(SessionJournal(try Self.read("\(folder)/\(journal)")))
        #expect(opened.record == record)
        let text = try Self.read("\(folder)/\(journal.dropLast(8)).txt")
        #expect(text.contains("S: 554 go away \\x1b[2J\n"))
        #expect(Self.mode(of: folder) == 0o700)
        #expect(Self.mode(of: "\(folder)/\(journal)") == 0o600)
    }

    @Test("a folder that cannot be made is said once, and the session goes on")
    func saysFaultOnce() async throws {
        let server = try await FakeMTA([.server(Array("554 no\r\n".utf8)), .client("QUIT"), .closes])
        let driver = SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [.loopback])]) }, trustFile: nil,
            journalFolder: "/dev/null/sessions")
        let record = await driver.run(SessionDriverTests.plan(port: server.port))
        await server.stop()
        let notes = record.events.compactMap { if case .note(let words) = $0.fact { words } else { nil } }
        #expect(notes == ["the session is not saved: cannot make the folder /dev/null/sessions: Not a directory"])
        #expect(record.closed == .closedAfterQuit)
    }

    @Test("a folder that is a link is not written to")
    func refusesLink() async throws {
        let own = try SessionTestFolder()
        defer { withExtendedLifetime(own) {} }
        let link = own.path + "/link"
        let target = own.path + "/target"
        #expect(unsafe mkdir(target, 0o700) == 0)
        #expect(unsafe symlink(target, link) == 0)
        let file = TranscriptFile(folder: link, plan: SessionDriverTests.plan(port: 25))
        #expect(file.open()?.hasPrefix("the session is not saved: cannot open the folder") == true)
        #expect(SessionTestFolder.names(in: target) == [])
    }

    @Test("a host name cannot climb out of the folder or hide the file")
    func makesSafeNames() {
        #expect(SessionFileName.stem(at: 1_795_290_211, host: "../../etc/x y") == "20261121-194331-.._.._etc_x_y")
    }

    // MARK: scaffolding

    private static func read(_ path: String) throws -> String {
        let file = unsafe fopen(path, "r")
        try #require(unsafe file != nil)
        defer { if let file = unsafe file { unsafe fclose(file) } }
        var bytes: [UInt8] = []
        while let open = unsafe file, case let byte = unsafe fgetc(open), byte != EOF {
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func mode(of path: String) -> mode_t {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return 0 }
        return status.st_mode & 0o777
    }
}
