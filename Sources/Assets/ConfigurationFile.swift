import Canvas
import TOMLKit

/// `config.toml`: what `:set` can set, the logs to follow, the name server, and keys. What is wrong in it is left out with a fault;
/// the rest holds.
///
///     theme = "porthole-light"
///     clock = false
///     log = ["/var/log/mail.log", "cmd:ssh gw tail -F mail_logs"]
///     [keys]
///     "Ctrl-R" = "run-again"
public struct ConfigurationFile: Sendable {
    /// A key of the file.
    public struct Entry: Hashable, Sendable {
        public let name: String
        /// A text as it is, a number in digits, `on` and `off` for true and false.
        public let value: String
        /// From 1.
        public let line: Int
    }

    /// As it was asked for, safe to print.
    public let path: String
    /// In the order of their lines, those that have sections of their own left out.
    public private(set) var entries: [Entry] = []
    /// `name` is the key, `value` the action.
    public private(set) var keys: [Entry] = []
    /// The logs to follow when none is named.
    public private(set) var logs: [String] = []
    public private(set) var faults: [TOMLFault] = []

    /// No more broken lines than these are passed over.
    private static let mostBrokenLines = 20

    /// Reads a file; a file that is not there is an empty one.
    public init(path: String) {
        self.path = PrintableText(untrusted: path).plain
        do throws(TOMLFault) {
            let text = try TOMLFile.text(try TOMLFile.bytes(of: path), file: path)
            read(text, file: path)
        } catch {
            if !error.isAbsence { faults = [error] }
        }
    }

    /// Reads a text that was in `path`.
    init(text: String, path: String) {
        self.path = path
        read(text, file: path)
    }

    /// The value of a key.
    public subscript(name: String) -> String? { entries.last { $0.name == name }?.value }

    /// A fault of one of its lines, found by whoever uses the value.
    public func fault(_ entry: Entry, _ problem: String) -> TOMLFault {
        TOMLFault(file: path, line: entry.line, problem: "\(entry.name): \(problem)")
    }

    private mutating func read(_ text: String, file: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for _ in 0..<Self.mostBrokenLines {
            let source = TOMLFile(file: file, text: lines.joined(separator: "\n"))
            do throws(TOMLFault) {
                take(try source.table(), source)
                return
            } catch {
                faults.append(error)
                // The line is left out, so that the others hold.
                guard let line = error.line, lines.indices.contains(line - 1), !lines[line - 1].isEmpty else { return }
                lines[line - 1] = ""
            }
        }
    }

    private mutating func take(_ table: TOMLTable, _ source: TOMLFile) {
        for (name, value) in table {
            let line = source.line(of: name)
            switch name {
            case "keys":
                guard let section = value.table else {
                    add(TOMLFault(file: source.file, line: line, problem: "keys is not a section: [keys]"))
                    continue
                }
                for (key, action) in section {
                    let line = source.line(of: key, in: "keys")
                    guard let action = action.string else {
                        add(TOMLFault(file: source.file, line: line, problem: "\(key): an action is a text"))
                        continue
                    }
                    keys.append(Entry(name: key, value: action, line: line))
                }
            case "log":
                let texts = value.array.map { $0.map(\.string) } ?? [value.string]
                guard !texts.contains(nil) else {
                    add(TOMLFault(file: source.file, line: line, problem: "log is neither a text nor a list of texts"))
                    continue
                }
                logs = texts.compactMap(\.self)
            case _:
                guard let text = Self.text(value) else {
                    add(
                        TOMLFault(
                            file: source.file, line: line,
                            problem: "\(name): the value is none of text, number, true and false"))
                    continue
                }
                entries.append(Entry(name: name, value: text, line: line))
            }
        }
        entries.sort { $0.line < $1.line }
        keys.sort { $0.line < $1.line }
    }

    private mutating func add(_ fault: TOMLFault) { faults.append(fault) }

    private static func text(_ value: any TOMLValueConvertible) -> String? {
        if let text = value.string { return text }
        if let isOn = value.bool { return isOn ? "on" : "off" }
        return value.int.map { String($0) }
    }
}
