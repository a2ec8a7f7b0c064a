import Assets
import SMTP
import Testing

@Suite("A row of replies")
struct ReplyRowTests {
    private func row(_ text: String) throws(CatalogueFault) -> ReplyRow { try ReplyRow(Array(text.utf8), line: 7) }

    @Test("gives reply, stage, vendor, event and id, and passes over other keys")
    func all() throws {
        let row = try row(
            #"{"id": "a", "reply": "550 no", "stage": "rcpt", "vendor": "postfix", "event": null, "x": [1, {}]}"#)
        #expect(row.id == .text("a") && row.reply == "550 no" && row.stage == .recipient)
        #expect(row.vendor == "postfix" && row.event == nil)
        #expect(try self.row(#"{"reply": "", "id": 3}"#).id == .number(3))
        #expect(try self.row(#"{"event": "refused"}"#).reply.isEmpty)
    }

    @Test(
        "says line, key and reason of what is wrong",
        arguments: [
            (#"{"reply": "550 no", "stage": "FOO"}"#, "standard input:7: stage: no stage 'FOO'; known are "),
            (#"{"stage": "RCPT"}"#, "standard input:7: reply: is missing"),
            (#"{"reply": 550}"#, "standard input:7: reply: is a number, not a text in quotes"),
            (#"["550 no"]"#, #"standard input:7: is not {"reply": …}"#),
            ("550 no", "standard input:7: "),
        ])
    func wrong(_ text: String, _ beginning: String) {
        let fault = #expect(throws: CatalogueFault.self) { try row(text) }
        #expect(fault?.description.hasPrefix(beginning) == true, "\(fault?.description ?? "")")
    }
}
