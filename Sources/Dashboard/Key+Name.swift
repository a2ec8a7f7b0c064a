import Canvas

extension Key {
    /// The keys that have names, as the help writes them and a configuration file may.
    private static let named: [(String, Key)] =
        [
            ("Enter", .enter), ("Tab", .tab), ("Shift-Tab", .backTab), ("Space", .character(" ")),
            ("Backspace", .backspace), ("Delete", .delete), ("Insert", .insert), ("Esc", .escape), ("Up", .up),
            ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp),
            ("PgDn", .pageDown),
        ] + (1...12).map { ("F\($0)", .function($0)) }

    /// A key by its name: `x`, `Ctrl-R`, `Alt-x`, `F5`, `PgDn`; `nil` when no key is called so.
    public init?(name: String) {
        if let known = Self.named.first(where: { $0.0.lowercased() == name.lowercased() }) {
            self = known.1
            return
        }
        let scalars = Array(name.unicodeScalars)
        if scalars.count == 1, scalars[0].value > 0x20, !(0x7F...0x9F).contains(scalars[0].value) {
            self = .character(scalars[0])
            return
        }
        guard let last = scalars.last, last.isASCII, scalars.count == name.utf8.count else { return nil }
        if name.lowercased().hasPrefix("ctrl-"), scalars.count == 6, last.properties.isAlphabetic,
            let letter = name.lowercased().unicodeScalars.last
        {
            self = .control(letter)
        } else if name.lowercased().hasPrefix("alt-"), scalars.count == 5, last.value > 0x20 {
            self = .alt(last)
        } else {
            return nil
        }
    }

    /// As the help writes it.
    public var name: String {
        if let known = Self.named.first(where: { $0.1 == self }) { return known.0 }
        switch self {
        case .character(let scalar): return String(Character(scalar))
        case .control(let scalar): return "Ctrl-\(String(Character(scalar)).uppercased())"
        case .alt(let scalar): return "Alt-\(Character(scalar))"
        case .function(let number): return "F\(number)"
        case .enter, .tab, .backTab, .backspace, .delete, .insert, .escape, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown, .paste, .focusGained, .focusLost, .mouse:
            return ""
        }
    }
}
