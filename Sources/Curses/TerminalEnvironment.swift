import Canvas
import Glibc

/// What the environment says about the terminal.
struct TerminalEnvironment: Hashable, Sendable {
    /// `TERM`; empty when it is not set.
    var type: String
    /// `COLORTERM` promises 24 bits.
    var promisesDirectColour: Bool
    /// `NO_COLOR` is set and not empty.
    var refusesColour: Bool
    /// The keys come over a network.
    var isRemote: Bool

    init(_ variable: (String) -> String?) {
        type = variable("TERM") ?? ""
        promisesDirectColour = ["truecolor", "24bit"].contains(variable("COLORTERM") ?? "")
        refusesColour = !(variable("NO_COLOR") ?? "").isEmpty
        isRemote = variable("SSH_CONNECTION") != nil
    }

    /// The environment of this process.
    static var present: TerminalEnvironment {
        TerminalEnvironment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
    }

    /// The terminal types to try, best first.
    ///
    /// Where 24 bits are promised, the `-direct` twin of the type comes first (`xterm-256color`, `xterm-direct`). After
    /// the type itself come those that nearly every terminal of today behaves like.
    func candidates(colour: ColourChoice) -> [String] {
        var types: [String] = []
        if promisesDirectColour, usesColour(colour), !type.isEmpty, !type.hasSuffix("-direct") {
            let suffix = "-256color"
            let stem = type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : type
            types.append(stem + "-direct")
        }
        if !type.isEmpty { types.append(type) }
        for fallback in ["xterm-256color", "xterm", "vt100"] where !types.contains(fallback) { types.append(fallback) }
        return types
    }

    /// `--color` beats `NO_COLOR`.
    func usesColour(_ choice: ColourChoice) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto: !refusesColour
        }
    }

    /// How many colours to use on a terminal that has so many.
    func depth(colours: Int, choice: ColourChoice) -> ColourDepth {
        guard usesColour(choice) else { return .mono }
        switch colours {
        case 0x100_0000...: return .rgb
        case 256...: return .c256
        case 8...: return .c16
        case _: return .mono
        }
    }
}
