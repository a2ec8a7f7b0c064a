import MailLog
import Testing

@Suite("The order of a rotated set")
struct RotationOrderTests {
    @Test(
        "tells the files of a log by their own names, whatever the folders above are called",
        arguments: [
            ("/home/ann@corp.example/mail.log.1", "/home/ann@corp.example/mail.log", true),
            ("/home/ann@corp.example/auth.log", "/home/ann@corp.example/mail.log", false),
            ("/archive/x-20260201/auth.log", "/archive/x-20260201/mail.log", false),
            ("/a/mail.log.1", "/b/mail.log", false),
            // A newer one is no older file of the log.
            ("/a/mail.@20260203T111111.s", "/a/mail.@20260202T111111.s", false),
            ("/a/mail.@20260201T111111.s", "/a/mail.@20260202T111111.s", true),
            ("/a/mail.@20260201T111111.s", "/a/mail.current", true),
        ])
    func rotated(path: String, log: String, isRotated: Bool) {
        #expect(RotationOrder.isRotated(path, of: log) == isRotated)
    }

    @Test(
        "is that of writing, whatever the scheme of names",
        arguments: [
            ["mail.log.10.gz", "mail.log.2.gz", "mail.log.1", "mail.log"],
            ["mail.log-20260131.gz", "mail.log-20260201", "mail.log"],
            ["mail.log.20260131.gz", "mail.log.20260201", "mail.log"],
            ["mail.@20260131T234311.s", "mail.@20260201T234311.s", "mail.current"],
            ["esa1/mail.log.1", "esa1/mail.log", "esa2/mail.log.1", "esa2/mail.log"],
        ])
    func order(_ files: [String]) {
        #expect(RotationOrder.sorted(files) == files)
        // The first of a set's files decides where the set stands: two sets are not turned round.
        if files.first?.contains("/") == false { #expect(RotationOrder.sorted(files.reversed()) == files) }
    }

    @Test("tells of each log the file that is being written")
    func newest() {
        let files = [
            "a/mail.log", "a/mail.log.2.gz", "a/mail.log.1", "b/mail.@20260131T234311.s", "b/mail.current",
            "c.log.2.gz",
            "c.log.3.gz", "other.log",
        ]
        #expect(
            RotationOrder.newest(of: files) == ["a/mail.log", "b/mail.current", "c.log.2.gz", "other.log"])
    }

    @Test("makes one log of the files, whose lines keep their file and their numbers")
    func files() {
        var index = TraceIndex()
        let parts = [
            ["Start MID 9 ICID 3", "MID 9 ICID 3 From: <a@sender.test>"],
            ["MID 9 ICID 3 RID 0 To: <b@corp.test>", "MID 9 queued for delivery"],
        ]
        for (number, part) in parts.enumerated() {
            if number > 0 { index.beginFile() }
            var splitter = LineSplitter()
            let text = part.map { LogStory.gatewayStamp(0) + $0 + "\n" }.joined()
            for line in splitter.split(Array(text.utf8)) { index.append(line) }
        }
        let lines = index.trace(for: .mid(9))?.lines ?? []
        #expect(lines.map(\.number) == [1, 2, 1, 2])
        #expect(lines.map(\.file) == [0, 0, 1, 1])
        #expect(lines.map(\.offset) == [0, 50, 0, 68])
    }

    @Test("does not matter to a format that was chosen by hand")
    func chosen() throws {
        var index = try #require(TraceIndex(format: "postfix"))
        index.append(
            RawLogLine(number: 1, offset: 0, bytes: Array((LogStory.gatewayStamp(0) + "Start MID 9 ICID 3").utf8)))
        #expect(index.understoodCount == 0)
        #expect(TraceIndex(format: "VMS mail") == nil)
    }
}
