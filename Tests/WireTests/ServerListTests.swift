import DNS
import FoundationEssentials
import Lab
import MailVocabulary
import Testing

@testable import Wire

@Suite("Name servers of the system")
struct ServerListTests {
    private func withFile(_ text: String?, _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "porthole-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(component: "resolv.conf").path
        if let text { try Data(text.utf8).write(to: URL(filePath: path)) }
        try await body(path)
        try FileManager.default.removeItem(at: folder)
    }

    @Test("are read again when the file changes, and kept when it cannot be used")
    func change() async throws {
        try await withFile("nameserver 192.0.2.1\n") { path in
            let list = try ServerList(file: path)
            #expect(!list.look() && list.servers.map(\.description) == ["192.0.2.1:53"])
            try Data("nameserver 192.0.2.22\nnameserver ::1\n".utf8).write(to: URL(filePath: path))
            #expect(list.look() && list.servers.map(\.description) == ["192.0.2.22:53", "[::1]:53"])
            #expect(!list.look())
            try Data("search example.test\n".utf8).write(to: URL(filePath: path))
            #expect(!list.look() && list.servers.count == 2)
        }
    }

    @Test("are one on this machine where none is configured, and why is said")
    func none() async throws {
        try await withFile("search example.test\n") { path in
            let (list, fault) = ServerList.system(path)
            #expect(list.servers == [Endpoint(.loopback, 53)])
            #expect(fault?.description == "\(path) names no name server; name one with --resolver")
            #expect(throws: SystemResolver.Fault.self) { try ServerList(file: path) }
            try Data("nameserver 192.0.2.1\n".utf8).write(to: URL(filePath: path))
            #expect(list.look() && list.servers.map(\.description) == ["192.0.2.1:53"])
        }
        let (list, fault) = ServerList.system("/nonexistent/resolv.conf")
        #expect(list.servers == [Endpoint(.loopback, 53)] && fault != nil)
    }
}
