import Testing

@testable import porthole

@Suite("Stamp of a test message")
struct StampTests {
    @Test(
        "the Date field is RFC 5322's, in UTC",
        arguments: [
            (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_795_348_799, "Sun, 22 Nov 2026 11:59:59 +0000"), (4_102_444_800, "Fri, 1 Jan 2100 00:00:00 +0000"),
        ])
    func date(seconds: Int, text: String) { #expect(Stamp.date(seconds) == text) }
}
