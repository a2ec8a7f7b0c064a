import Canvas
import MailVocabulary
import SMTP

/// The form behind `e`: every option that a session's plan can hold, on pages.
public struct OptionsForm: Hashable, Sendable {
    /// What a key has come to.
    enum Outcome: Hashable, Sendable { case open, cancelled, kept, run }

    public private(set) var page: OptionPage
    /// The field of the page that has the cursor.
    private var index = 0
    private var editors: [String: LineEditor]
    /// What is wrong with the values, by the name of the field: a sentence each.
    public private(set) var faults: [String: Phrase] = [:]

    public init(_ settings: Settings, on page: OptionPage = .envelope) {
        self.page = page
        editors = Dictionary(
            uniqueKeysWithValues: OptionField.all.map { ($0.name, LineEditor($0.read(settings))) })
    }

    /// The field that has the cursor; none on the overview.
    var field: OptionField? {
        let fields = page.fields
        return fields.indices.contains(index) ? fields[index] : nil
    }

    func editor(_ field: OptionField) -> LineEditor { editors[field.name] ?? LineEditor() }
    func value(_ field: OptionField) -> String { editor(field).line }

    /// Puts a value into a field as if it had been typed there.
    mutating func fill(_ field: OptionField, with text: String) { editors[field.name] = LineEditor(text) }

    /// The fields of `page` whose values are not what they are without any setting.
    func changes(on page: OptionPage) -> [OptionField] {
        let usual = Settings()
        return page.fields.filter { value($0) != $0.read(usual) }
    }

    func hasFault(on page: OptionPage) -> Bool { page.fields.contains { faults[$0.name] != nil } }

    /// Takes in a key; `settings` are what the values are tried on.
    mutating func take(_ key: Key, _ settings: Settings) -> Outcome {
        switch key {
        case .escape, .control("c"): return .cancelled
        case .enter: return .run
        case .control("o"): return .kept
        case .tab, .down: step(by: 1, settings)
        case .backTab, .up: step(by: -1, settings)
        case .pageDown: turn(by: 1, settings)
        case .pageUp: turn(by: -1, settings)
        case _: edit(key)
        }
        return .open
    }

    /// Puts the values into `settings`, or keeps what is wrong and goes to the first of it.
    /// - Returns: false when a value is not usable; `settings` is then unchanged.
    mutating func apply(to settings: inout Settings) -> Bool {
        let (new, faults) = tried(on: settings)
        self.faults = faults
        if let first = OptionField.all.first(where: { faults[$0.name] != nil }) {
            page = first.page
            index = page.fields.firstIndex { $0.name == first.name } ?? 0
            return false
        }
        settings = new
        return true
    }

    private func tried(on settings: Settings) -> (settings: Settings, faults: [String: Phrase]) {
        var new = settings
        var faults: [String: Phrase] = [:]
        for field in OptionField.all {
            if let fault = field.write(value(field)[...].trimmed, &new) { faults[field.name] = fault }
        }
        return (new, faults)
    }

    /// The faults of what was filled in so far: an empty server is no fault before Enter.
    private mutating func check(_ settings: Settings) {
        faults = tried(on: settings).faults.filter { !($0.key == "server" && editors[$0.key]?.isEmpty == true) }
    }

    private mutating func step(by count: Int, _ settings: Settings) {
        check(settings)
        let fields = page.fields
        if fields.indices.contains(index + count) {
            index += count
        } else {
            turn(by: count, settings)
            if count < 0 { index = max(0, page.fields.count - 1) }
        }
    }

    private mutating func turn(by count: Int, _ settings: Settings) {
        check(settings)
        let pages = OptionPage.allCases
        let place = pages.firstIndex(of: page) ?? 0
        (page, index) = (pages[(place + count + pages.count) % pages.count], 0)
    }

    private mutating func edit(_ key: Key) {
        guard let field else { return }
        var editor = editor(field)
        switch field.form {
        case .choice(let values): choose(among: values, key, &editor)
        case .text(let words):
            if key == .right, editor.cursor == editor.text.count, let word = Self.completion(of: editor.line, words) {
                editor.replace(with: word)
            } else {
                _ = editor.take(key)
            }
        }
        editors[field.name] = editor
        faults[field.name] = nil
    }

    /// Blank and Right go on, Left goes back, a letter goes to the next value that begins with it.
    private func choose(among values: [String], _ key: Key, _ editor: inout LineEditor) {
        let place = values.firstIndex(of: editor.line) ?? 0
        switch key {
        case .right, .character(" "): editor.replace(with: values[(place + 1) % values.count])
        case .left: editor.replace(with: values[(place + values.count - 1) % values.count])
        case .character(let scalar):
            let letter = String(Character(scalar)).lowercased()
            let next = (1...values.count).map { values[(place + $0) % values.count] }
            if let value = next.first(where: { $0.lowercased().hasPrefix(letter) }) { editor.replace(with: value) }
        case _: break
        }
    }

    /// The next word after `line` that begins with its last word; from a word that is complete on to the next one.
    static func completion(of line: String, _ words: [String]) -> String? {
        let start = line.lastIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex
        let last = line[start...].uppercased()
        let before = line[..<start]
        if let place = words.firstIndex(where: { $0.uppercased() == last }) {
            return words.count > 1 ? before + words[(place + 1) % words.count] : nil
        }
        return words.first { $0.uppercased().hasPrefix(last) }.map { before + $0 }
    }
}
