import MailLog
import Testing

@Suite("From a line to what it belongs to")
struct LineTraceTests {
    private static let log = [
        "New SMTP ICID 6 interface M (10.0.0.1) address 10.2.3.4 reverse dns host a.test verified yes",
        "Start MID 7 ICID 6",
        "MID 7 ICID 6 From: <a@example.net>",
        "MID 7 ICID 6 RID 0 To: <b@example.test>",
        "MID 7 queued for delivery",
        "Start MID 8 ICID 6",
        "MID 8 ICID 6 From: <c@example.net>",
        "MID 8 ICID 6 RID 0 To: <d@example.test>",
        "MID 8 queued for delivery",
        "ICID 6 close",
        "New SMTP DCID 3 interface 192.0.2.25 address 192.0.2.11 port 25",
        "Delivery start DCID 3 MID 8 to RID [0]",
        "Status: CPULd 3 DskIO 0 RAMUtil 1 CrtMID 9 CrtICID 6 CrtDCID 3",
    ]

    private func senders(ofLine ordinal: Int) -> [String]? {
        var (index, splitter) = (TraceIndex(), LineSplitter())
        let text = Self.log.enumerated().map { LogStory.gatewayStamp($0) + $1 + "\n" }.joined()
        for line in splitter.split(Array(text.utf8)) { index.append(line) }
        return index.answer(ofLine: ordinal) { places in places.map { _ in [0x78] } }?.rows.map {
            $0.entry?.sender ?? ""
        }
    }

    @Test("a line of a message leads to that message, one of a connection to all of its messages")
    func rows() {
        #expect(senders(ofLine: 2) == ["a@example.net"])
        #expect(senders(ofLine: 8) == ["c@example.net"])
        #expect(senders(ofLine: 0) == ["a@example.net", "c@example.net"])
        #expect(senders(ofLine: 9) == ["a@example.net", "c@example.net"])
        #expect(senders(ofLine: 10)?.contains("c@example.net") == true, "a delivery connection, what it carried")
    }

    @Test("a line of the gateway's own state leads nowhere, and neither does one that was not read")
    func nothing() {
        #expect(senders(ofLine: 12) == nil)
        #expect(senders(ofLine: 99) == nil)
    }
}
