import MailLog
import TestSupport
import Testing

@Suite("Journal entries as JSON")
struct JournalObjectTests {
    private static let fields =
        #""__REALTIME_TIMESTAMP":"1763753495637123","_HOSTNAME":"mx","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"229""#

    private func plain(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        return JournalObject.plain(bytes.span).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("reads an object as the log line that it is, in whatever order its fields stand")
    func line() {
        let wanted = "2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: connect from mx.test[192.0.2.7]"
        let message = #""MESSAGE":"connect from mx.test[192.0.2.7]""#
        #expect(plain("{\(message),\(Self.fields)}") == wanted)
        #expect(plain("{ \(Self.fields) , \(message), \"_CAP\":null,\"N\":17, \"L\":[\"a\",[1,2]] }") == wanted)
    }

    @Test("undoes escapes, takes bytes for a text and the last of several values, and keeps a line one line")
    func values() {
        let head = "2025-11-21T19:31:35.637123Z mx postfix/smtpd[229]: "
        #expect(
            plain(#"{"MESSAGE":"a \"b\" \\ \u00e9\ud83d\ude00\n\tc",\#(Self.fields)}"#) == head + "a \"b\" \\ é😀 \tc")
        #expect(plain(#"{"MESSAGE":[104,105],\#(Self.fields)}"#) == head + "hi")
        #expect(plain(#"{"MESSAGE":["one","two"],\#(Self.fields)}"#) == head + "two")
    }

    @Test("leaves alone what is no entry, and never traps on what is cut off or random")
    func odd() {
        let whole = #"{"MESSAGE":"a\u00e9",\#(Self.fields),"L":[1,[2]]}"#
        for length in 0..<whole.utf8.count {
            #expect(plain(String(decoding: whole.utf8.prefix(length), as: UTF8.self)) == nil)
        }
        #expect(plain(#"{"MESSAGE":"a"}"#) == nil)
        #expect(plain(#"{\#(Self.fields)}"#) == nil)
        var random = SeededBytes(seed: 9)
        for _ in 0..<300 {
            let bytes = Array(#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":"#.utf8) + random.bytes(40)
            _ = JournalObject.plain(bytes.span)
        }
    }

    @Test("gives a log of such objects its trace, with its lines' own numbers and places")
    func trace() {
        func entry(_ words: String) -> String { #"{"MESSAGE":"\#(words)",\#(Self.fields)}"# + "\n" }
        let text =
            entry("connect from mx.test[192.0.2.7]") + entry("4jX2Q15TbJz2Psh: client=mx.test[192.0.2.7]")
            + entry("disconnect from mx.test[192.0.2.7] ehlo=1 quit=1 commands=2")
        var (splitter, index) = (LineSplitter(), TraceIndex())
        for line in splitter.split(Array(text.utf8)) { index.append(line) }
        let traces = index.traces(matching: "192.0.2.7")
        #expect(index.formatName == "Postfix log")
        #expect(index.understoodCount == 3)
        #expect(traces.first?.lines.map(\.number) == [1, 2, 3])
        #expect(
            traces.first?.lines.map(\.offset) == [0, UInt64(entry("connect from mx.test[192.0.2.7]").utf8.count)]
                + [
                    UInt64(
                        (entry("connect from mx.test[192.0.2.7]") + entry("4jX2Q15TbJz2Psh: client=mx.test[192.0.2.7]"))
                            .utf8.count)
                ])
    }
}
