import DNS
import Testing

@Suite("Check: null MX")
struct NullMXTests {
    @Test("finds a null MX, one among others, and one with a preference")
    func kinds() throws {
        let cases: [(Answering, [String])] = [
            (try Answering("null").with("example.test MX 0 ."), ["dns.mx.null"]),
            (
                try Answering("with a preference").with("example.test MX 10 ."),
                ["dns.mx.null", "dns.mx.null-preference"]
            ),
            (
                try Answering("among others").with("example.test MX 0 .", "example.test MX 10 mx1.example.test"),
                ["dns.mx.null-mixed"]
            ),
            (try Answering("none").with("example.test MX 10 mx1.example.test"), []),
            (try Answering("unknown").with("example.test MX servfail"), []),
        ]
        for (answering, codes) in cases {
            #expect(try answering.codes("null-mx", .example) == codes, "\(answering.testDescription)")
        }
    }
}
