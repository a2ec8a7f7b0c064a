import MailLog
import MailVocabulary
import Testing

@Suite("Log formats")
struct LogFormatTests {
    @Test("read their own samples, and no other format claims them", arguments: LogFormat.all.indices)
    func samples(of index: Int) {
        let format = LogFormat.all[index]
        for sample in format.samples {
            let record = format.parse(Array(sample.line.utf8))
            #expect(record?.event == sample.event, "\(sample.line)")
            #expect(record?.keys == sample.keys, "\(sample.line)")
            for (other, foreign) in LogFormat.all.enumerated() where other != index {
                #expect(foreign.parse(Array(sample.line.utf8)) == nil, "\(foreign.name) claims \(sample.line)")
            }
        }
    }
}
