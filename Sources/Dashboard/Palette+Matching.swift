import Canvas
import MailVocabulary

/// Finding a command by some of its letters.
extension Palette {
    /// The commands, and the actions of the keys that no command is called after.
    static let everything: [Command] = {
        var known = Set(all.map(\.name))
        let actions = KeyMap.all.filter { known.insert($0.intent.name).inserted }.map { entry in
            Command(name: entry.intent.name, argument: "", help: entry.help, key: entry.name) {
                $1.perform(entry.intent)
            }
        }
        return all.map { command in
            var command = command
            command.key = KeyMap.all.first { $0.intent.name == command.name }?.name ?? ""
            return command
        } + actions
    }()

    /// The commands that `line` may mean, the likeliest first: all whose name has its letters in that order.
    static func candidates(for line: String) -> [Command] {
        let line = line[...].trimmed.lowercased()
        if line.isEmpty { return everything }
        if let (command, _) = match(line) {
            // What was typed whole stands first, and those that begin with it.
            let rest = everything.filter { $0.name != command.name && $0.name.hasPrefix(line) }
            return [command] + rest
        }
        let ranked = everything.compactMap { command in
            score(of: command.name, for: line).map { (command, $0) }
        }
        return ranked.sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// The likeliest command, written out; the line itself when no command has its letters.
    static func guess(for line: String) -> String {
        guard match(line) == nil, let best = candidates(for: line).first else { return line }
        return best.name + (best.argument.utf8CodeUnitCount > 0 ? " " : "")
    }

    /// How well a name matches typed letters; `nil` when it has not all of them in that order. Letters at the beginning of words
    /// and beside each other count more.
    static func score(of name: String, for typed: String) -> Int? {
        let letters = Array(name.utf8)
        var (score, at, last) = (0, 0, -2)
        for wanted in typed.utf8 {
            guard let place = letters[at...].firstIndex(of: wanted) else { return nil }
            let isStart = place == 0 || letters[place - 1] == 0x20 || letters[place - 1] == 0x2D
            score += place == last + 1 ? 8 : isStart ? 6 : 1
            (at, last) = (place + 1, place)
        }
        return score * 4 - letters.count
    }
}

extension String {
    /// What follows the first blank.
    var withoutFirstWord: String { String(drop { $0 != " " }.dropFirst()) }
}

extension Dashboard {
    /// The commands that the typed line may mean, above the line: name, arguments, what it does, its key.
    func drawPalette(_ editor: LineEditor, above rect: Rect, in frame: inout Frame) {
        let found = Palette.candidates(for: editor.line)
        let count = min(found.count, max(0, min(8, size.rows - 8)))
        guard count > 0 else { return }
        let box = Rect(x: 0, y: rect.y - count, width: size.columns, height: count)
        frame.fill(box, .overlay)
        let exact = Palette.match(editor.line)?.command.name
        for (index, command) in found.prefix(count).enumerated() {
            let call = PrintableText(untrusted: "\(command.name) \(command.argument)")
            let width = min(34, size.columns / 2)
            frame.draw(
                Row(
                    [
                        Span(command.name == exact ? " >" : "  ", .hintKey),
                        Span(call.clipped(to: width - 1).padded(to: width), .hintKey),
                        Span(say(command.help)),
                    ], trailing: [Span(PrintableText(untrusted: command.key) + " ", .muted)]),
                at: box.y + index, x: 0, width: size.columns)
        }
    }
}
