import Canvas
import MailVocabulary

/// A key that means something else than the table says.
public struct KeyChange: Hashable, Sendable {
    public let key: Key
    public let intent: Intent

    /// Keys that keep their meaning, so that there is always a way out; and the tails of an escape sequence that a slow link
    /// has split.
    private static let kept: [Key] =
        [.escape, .control("c"), .control("z"), .control("l"), .character(":")]
        + "OABCD[~".unicodeScalars.map { .character($0) }

    /// `x = "zoom"`: a key and an action by their names.
    public init(key name: String, action: String) throws(PreferenceFault) {
        guard let key = Key(name: name) else {
            throw PreferenceFault("no key is called \(name); for example x, Ctrl-R, Alt-x, F5, PgDn, Space")
        }
        guard !Self.kept.contains(key) else { throw PreferenceFault("\(name) keeps its meaning: choose another key") }
        guard let intent = Intent.named[action] else {
            throw PreferenceFault("no action is called \(action); : lists them")
        }
        (self.key, self.intent) = (key, intent)
    }
}

extension KeyMap {
    /// The table with changes: the changed key stands first for its action, and no longer for what it was.
    static func changed(by changes: [KeyChange]) -> [Entry] {
        var table = all
        for change in changes {
            table.removeAll { $0.key == change.key && $0.panes.isEmpty }
            guard let place = table.firstIndex(where: { $0.intent == change.intent }) else {
                guard let old = all.first(where: { $0.intent == change.intent }) else { continue }
                table.append(Entry(change.key, old, label: old.label))
                continue
            }
            let old = table[place]
            table[place] = Entry(old.key, old, label: "")
            table.insert(Entry(change.key, old, label: old.label), at: place)
        }
        return table
    }
}

extension KeyMap.Entry {
    fileprivate init(_ key: Key, _ old: KeyMap.Entry, label: Phrase) {
        self.init(key: key, intent: old.intent, name: key.name, label: label, help: old.help, panes: old.panes)
    }
}

extension Dashboard {
    /// The table of keys as it holds here.
    var keyMap: [KeyMap.Entry] { settings.keyChanges.isEmpty ? KeyMap.all : KeyMap.changed(by: settings.keyChanges) }
}
