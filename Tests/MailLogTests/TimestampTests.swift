import MailLog
import Testing

@Suite("Time stamps of a log")
struct TimestampTests {
    private func time(_ line: String) -> Timestamp? { LogFormat.record(of: Array(line.utf8))?.time }

    @Test("are read in every form that mail logs have")
    func forms() {
        let second: Int64 = 1_770_075_791
        #expect(time("Mon Feb  2 23:43:11 2026 Info: ICID 1 close") == Timestamp(seconds: second))
        #expect(
            time("2026-02-02T23:43:11.5+01:00 mx postfix/smtpd[1]: connect from a[192.0.2.1]")
                == Timestamp(seconds: second, microseconds: 500_000, offset: 60))
        #expect(
            time("<22>1 2026-02-02T23:43:11Z mx postfix 1 - - connect from a[192.0.2.1]")
                == Timestamp(seconds: second, offset: 0))
        let yearless = time("Feb  2 23:43:11 mx postfix/smtpd[1]: connect from a[192.0.2.1]")
        #expect(yearless?.hasYear == false)
        #expect(yearless?.description == "23:43:11")
        #expect(yearless?.dateAndTime == "02-02 23:43:11")
    }

    @Test("inside a relay's frame are the appliance's own")
    func inner() {
        let line = "<22>Feb  3 00:00:00 relay mail_logs: Mon Feb  2 23:43:11 2026 Info: ICID 1 close"
        #expect(time(line)?.dateAndTime == "2026-02-02 23:43:11")
    }

    @Test("of absurd years do not trap", arguments: ["1970", "2038", "9999", "0001"])
    func years(_ year: String) {
        #expect(time("Mon Feb  2 23:43:11 \(year) Info: ICID 1 close")?.description == "23:43:11")
    }
}
