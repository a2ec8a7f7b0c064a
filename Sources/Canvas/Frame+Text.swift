extension Frame {
    /// The frame as text: rows ended by newlines, blanks at their ends left out.
    public func text() -> String {
        lines { cell, line in
            if cell.glyph.width > 0 { cell.glyph.write(to: &line) }
        }
    }

    /// The roles of the frame: one letter a cell, a blank for blanks of ordinary text, then a legend of the letters used.
    ///
    /// The selected stretch of a row is named at its end, `<- selected 1...78`, and so is the cursor.
    public func roleMap() -> String {
        var used = Set<Role>()
        for cell in cells where !(cell.glyph == .space && cell.role == .text) { used.insert(cell.role) }
        let letters = Dictionary(uniqueKeysWithValues: zip(Role.allCases, Self.letters))
        var map = ""
        for y in 0..<size.rows {
            var line = ""
            var selected: ClosedRange<Int>?
            for x in 0..<size.columns {
                let cell = self[x, y]
                let isBlank = cell.glyph == .space && cell.role == .text
                line.append(isBlank ? " " : letters[cell.role] ?? "?")
                if cell.isSelected { selected = (selected?.lowerBound ?? x)...x }
            }
            while line.last == " " { line.removeLast() }
            if let selected { line += "  <- selected \(selected.lowerBound)...\(selected.upperBound)" }
            if let cursor, cursor.y == y { line += "  <- cursor \(cursor.x)" }
            map += line + "\n"
        }
        for role in Role.allCases where used.contains(role) {
            map += "\(letters[role] ?? "?") \(role.rawValue)\n"
        }
        return map
    }

    private static let letters: [Character] = Array(".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    private func lines(_ write: (Cell, inout String) -> Void) -> String {
        var text = ""
        for y in 0..<size.rows {
            var line = ""
            for x in 0..<size.columns { write(self[x, y], &line) }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }
}
