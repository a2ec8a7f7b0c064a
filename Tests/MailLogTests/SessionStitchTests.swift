import Testing

@testable import MailLog

@Suite("Stitches of a log's stretches")
struct SessionStitchTests {
    private static func owner(_ number: UInt32) -> LineOwner { LineOwner(.connection, UInt64(number)) }

    @Test(
        "a key is tied to the last stretch that says anything of it, however far back that is",
        arguments: [1, 63, 64, 65, 200])
    func distance(_ distance: Int) {
        var first = SessionStitch()
        first.begin(0x51, Self.owner(1))
        var last = SessionStitch()
        _ = last.current(0x51, otherwise: Self.owner(2))
        let silent = [SessionStitch](repeating: SessionStitch(), count: distance - 1)
        let expected = UInt64(Self.owner(1).identity) << 32 | UInt64(Self.owner(2).identity)
        #expect(SessionStitch.ties([first] + silent + [last]) == [expected])
    }

    @Test("what has ended since is tied to nothing", arguments: [1, 100])
    func ended(_ distance: Int) {
        var first = SessionStitch()
        first.begin(0x51, Self.owner(1))
        var end = SessionStitch()
        _ = end.takeLoose(0x51, for: Self.owner(3))
        let tie = SessionStitch.ties([first, end])
        var last = SessionStitch()
        _ = last.current(0x51, otherwise: Self.owner(2))
        let silent = [SessionStitch](repeating: SessionStitch(), count: distance)
        #expect(SessionStitch.ties([first, end] + silent + [last]) == tie)
    }
}
