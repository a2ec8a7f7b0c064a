import Canvas
import Testing

@testable import Curses

@Suite("Terminal environment")
struct TerminalEnvironmentTests {
    private func environment(_ variables: [String: String]) -> TerminalEnvironment {
        TerminalEnvironment { variables[$0] }
    }

    @Test("tries TERM first and then what nearly every terminal behaves like")
    func candidates() {
        #expect(
            environment(["TERM": "xterm-kitty"]).candidates(colour: .auto) == [
                "xterm-kitty", "xterm-256color", "xterm", "vt100",
            ])
        #expect(environment([:]).candidates(colour: .auto) == ["xterm-256color", "xterm", "vt100"])
        #expect(environment(["TERM": "xterm"]).candidates(colour: .auto) == ["xterm", "xterm-256color", "vt100"])
    }

    @Test("tries the direct twin where 24 bits are promised and wanted")
    func direct() {
        let promising = environment(["TERM": "xterm-256color", "COLORTERM": "truecolor"])
        #expect(promising.candidates(colour: .auto).first == "xterm-direct")
        #expect(promising.candidates(colour: .never).first == "xterm-256color")
    }

    @Test("chooses the depth by what the terminal has and what is wanted")
    func depth() {
        let plain = environment([:])
        #expect(plain.depth(colours: 16_777_216, choice: .auto) == .rgb)
        #expect(plain.depth(colours: 256, choice: .auto) == .c256)
        #expect(plain.depth(colours: 16, choice: .auto) == .c16)
        #expect(plain.depth(colours: 8, choice: .auto) == .c16)
        #expect(plain.depth(colours: 0, choice: .always) == .mono)
        #expect(plain.depth(colours: 256, choice: .never) == .mono)
        let refusing = environment(["NO_COLOR": "1"])
        #expect(refusing.depth(colours: 256, choice: .auto) == .mono)
        #expect(refusing.depth(colours: 256, choice: .always) == .c256)
        #expect(environment(["NO_COLOR": ""]).depth(colours: 256, choice: .auto) == .c256)
    }

    @Test("says in one sentence why there is no screen")
    func faults() {
        let faults: [TerminalFault] = [
            .notATerminal, .cannotOpen(reason: "no memory"), .cannotPlaceCursor(type: "dumb"), .unknownType(type: "x"),
        ]
        for fault in faults { #expect(!fault.description.contains("\n")) }
    }
}
