import Canvas
import TestSupport
import Testing

@testable import Dashboard

@Suite("Search marks")
struct SearchMarksTests {
    @Test("a hit gets its role, letters of either case, and nothing of the text is lost")
    func hits() {
        let row = Row([Span("MID 214 queued, mid 215 too", .text)]).marking("mid")
        #expect(row.spans.filter { $0.role == .searchHit }.map(\.text.plain) == ["MID", "mid"])
        #expect(row.spans.map(\.text.plain).joined() == "MID 214 queued, mid 215 too")
    }

    @Test("wide characters before a hit move it by their columns")
    func wide() {
        let row = Row([Span("件名 Test", .text)]).marking("test")
        #expect(row.spans.map(\.text.plain) == ["件名 ", "Test"])
    }

    @Test("random needles and texts lose no column and never trap")
    func random() {
        var random = SeededBytes(seed: 3)
        let letters = Array("aİßé日\u{301}xX. ")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0..<12, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
            let needle = String(
                (0..<Int.random(in: 0..<4, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
            let whole = PrintableText(untrusted: text)
            let marked = Row([Span(whole, .text)]).marking(needle)
            #expect(marked.spans.reduce(0) { $0 + $1.text.width } == whole.width)
        }
    }
}
