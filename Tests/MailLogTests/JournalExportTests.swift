import MailLog
import TestSupport
import Testing

@Suite("Journal export format")
struct JournalExportTests {
    private static let entry =
        "__REALTIME_TIMESTAMP=1763753495637123\n_HOSTNAME=mx\nSYSLOG_IDENTIFIER=postfix/smtpd\n_PID=229\n"

    private func lines(_ bytes: [UInt8], _ cuts: [[UInt8]]) -> [String] {
        var export = JournalExport()
        return cuts.flatMap { export.lines($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("makes one log line of an entry, however the bytes arrive")
    func chunks() {
        let bytes = Array((Self.entry + "MESSAGE=connect from mx.test[192.0.2.7]\n\n").utf8)
        for cuts in EveryChunking(bytes) {
            #expect(
                lines(bytes, cuts) == [
                    "2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from mx.test[192.0.2.7]"
                ])
        }
    }

    @Test("reads a value with line feeds by its length, and makes several lines of it")
    func binary() {
        let value = Array("one\ntwo\u{7F}".utf8)
        var bytes = Array((Self.entry + "MESSAGE\n").utf8)
        bytes += [UInt8(value.count), 0, 0, 0, 0, 0, 0, 0] + value + [0x0A, 0x0A]
        for cuts in EveryChunking(bytes) {
            #expect(
                lines(bytes, cuts) == [
                    "2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: one",
                    "2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: two\u{7F}",
                ])
        }
    }

    @Test("leaves entries without a message out, and never traps on random bytes")
    func odd() {
        var export = JournalExport()
        #expect(export.lines(Array("A=b\n\n\n\nMESSAGE=x\n\n".utf8)).isEmpty)
        var random = SeededBytes(seed: 9)
        for _ in 0..<500 { _ = export.lines(random.bytes(64)) }
    }
}
