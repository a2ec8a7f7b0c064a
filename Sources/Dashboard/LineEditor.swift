import Canvas

/// One line being typed: text, cursor and the lines typed before.
public struct LineEditor: Hashable, Sendable {
    public private(set) var text: [Character] = []
    /// Characters before the cursor.
    public private(set) var cursor = 0
    /// Oldest first; never holds a secret, because secrets are not remembered.
    public private(set) var history: [String]
    private var historyPosition: Int?
    private var draft: [Character] = []
    /// What Ctrl-R looks for.
    private var needle: String?
    private var foundPosition = 0

    public init(_ text: String = "", history: [String] = []) {
        self.text = Array(text)
        self.history = history
        cursor = self.text.count
    }

    public var line: String { String(text) }
    public var isEmpty: Bool { text.isEmpty }

    /// Takes in a key.
    /// - Returns: false when the key is not one of editing.
    public mutating func take(_ key: Key) -> Bool {
        if key == .control("r") {
            searchBack()
            return true
        }
        needle = nil
        switch key {
        case .character(let scalar): insert([Character(scalar)])
        case .paste(let pasted): insert(Self.oneLine(pasted))
        case .backspace, .control("h"): remove(cursor - 1..<cursor)
        case .delete, .control("d"): remove(cursor..<cursor + 1)
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<text.count)
        case .control("w"): remove(wordStart..<cursor)
        case .up, .control("p"): recall(-1)
        case .down, .control("n"): recall(+1)
        case .control, .alt, .enter, .tab, .backTab, .insert, .escape, .pageUp, .pageDown, .function, .focusGained,
            .focusLost, .mouse:
            return false
        }
        return true
    }

    /// Replaces the text, the cursor behind it.
    public mutating func replace(with line: String) {
        text = Array(line)
        cursor = text.count
    }

    /// Empties the line and returns what was in it, remembered unless told otherwise.
    public mutating func submit(remember: Bool = true) -> String {
        let line = line
        if remember, !line.isEmpty, history.last != line { history.append(line) }
        if history.count > 200 { history.removeFirst(history.count - 200) }
        (text, cursor, historyPosition, draft) = ([], 0, nil, [])
        return line
    }

    /// The part of the line around the cursor that fits, and the cursor's column in it.
    func window(of columns: Int) -> (text: PrintableText, cursor: Int) {
        Self.window(line, cursor: cursor, of: columns)
    }

    /// The same for a line that is shown otherwise than it was typed.
    static func window(_ line: String, cursor: Int, of columns: Int) -> (text: PrintableText, cursor: Int) {
        let before = PrintableText(typed: String(line.prefix(cursor))).width
        let shift = max(0, before - columns + 1)
        return (PrintableText(typed: line).dropping(columns: shift).prefix(columns: columns), before - shift)
    }

    /// Ctrl-R: the newest remembered line that has what was typed in it, then the one before it.
    private mutating func searchBack() {
        let wanted = needle ?? line
        var place = needle == nil ? history.count : foundPosition
        needle = wanted
        while place > 0 {
            place -= 1
            guard history[place].contains(wanted), history[place] != line else { continue }
            foundPosition = place
            replace(with: history[place])
            return
        }
    }

    private mutating func insert(_ new: [Character]) {
        let room = max(0, 4096 - text.count)
        let new = new.prefix(room)
        text.insert(contentsOf: new, at: cursor)
        cursor += new.count
    }

    private mutating func remove(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<text.count)
        text.removeSubrange(range)
        cursor = min(range.lowerBound, text.count)
    }

    private var wordStart: Int {
        var index = cursor
        while index > 0, text[index - 1] == " " { index -= 1 }
        while index > 0, text[index - 1] != " " { index -= 1 }
        return index
    }

    private mutating func recall(_ step: Int) {
        guard !history.isEmpty else { return }
        if historyPosition == nil { draft = text }
        let position = (historyPosition ?? history.count) + step
        guard position >= 0 else { return }
        if position >= history.count {
            (text, historyPosition) = (draft, nil)
        } else {
            (text, historyPosition) = (Array(history[position]), position)
        }
        cursor = text.count
    }

    /// A paste never runs anything: line ends become blanks, and other control characters go.
    private static func oneLine(_ pasted: String) -> [Character] {
        let trimmed = pasted.drop { $0.isNewline }
        var line: [Character] = []
        for character in trimmed {
            if character.isNewline { line.append(" ") } else if character.isPrintableHere { line.append(character) }
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension Character {
    fileprivate var isPrintableHere: Bool {
        unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }
}
