import MailLog
import MailVocabulary
import Testing
import Triage

@Suite("Log book")
struct LogBookTests {
    private static func line(_ number: Int, _ words: String) -> RawLogLine {
        RawLogLine(
            number: number, offset: UInt64(number) * 200, bytes: Array("Mon Feb  2 10:00:00 2026 Info: \(words)".utf8))
    }

    @Test("filters new lines as they come, and gives the same as filtering anew")
    func incremental() {
        var (book, plain) = (LogBook(name: "mail.log"), LogBook(name: "mail.log"))
        book.show(.containing(Array("ICID 7".utf8)))
        // More than are kept: old lines leave the filter as they leave the book.
        for batch in 0..<30 {
            let new = (0..<1000).map { Self.line(batch * 1000 + $0 + 1, "icid \($0 % 10) close \(batch)") }
            book.take(.lines(new))
            plain.take(.lines(new))
        }
        plain.show(.containing(Array("icid 7".utf8)))
        #expect(Array(book.visible) == Array(plain.visible))
        #expect(book.visible.count == book.lines.count / 10)
        #expect(book.visible.allSatisfy { String(decoding: book.lines[$0].bytes, as: UTF8.self).contains("icid 7") })
        book.show(.all)
        #expect(Array(book.visible) == Array(book.lines.indices))
    }

    @Test("marks the lines of a connection, and the newer ones when it is asked again")
    func marks() {
        var book = LogBook(name: "mail.log")
        book.show(.marked)
        #expect(book.visible.isEmpty)
        book.take(
            .lines([
                Self.line(
                    1,
                    "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host m.test verified yes"
                ),
                Self.line(
                    2,
                    "New SMTP ICID 7 interface D (192.0.2.25) address 198.51.100.5 reverse dns host n.test verified yes"
                ),
            ]))
        let ours = IPAddress("198.51.100.4").flatMap { book.watchConnections(from: $0) }
        #expect(ours == .icid(6))
        book.mark(ours)
        #expect(Array(book.visible) == [0])
        book.take(.lines([Self.line(3, "Start MID 1 ICID 6"), Self.line(4, "MID 1 ICID 6 From: <a@b.test>")]))
        book.mark(ours)
        #expect(book.marked == [0, 2, 3])
        #expect(Array(book.visible) == [0, 2, 3])
        book.take(.truncated)
        #expect(book.visible.isEmpty)
        #expect(book.marked.isEmpty)
    }
}
