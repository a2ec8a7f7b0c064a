/// A session that was saved as it happened, in a line.
public struct SavedSession: Hashable, Sendable {
    public var path: String
    /// `20261121-194011-mx1.example.test`.
    public var name: String
    /// What the operator typed. Outside text.
    public var target: String
    /// The refusal or the end. Outside text.
    public var outcome: String
    public var isRefused: Bool

    public init(path: String, name: String, target: String, outcome: String, isRefused: Bool) {
        (self.path, self.name, self.target) = (path, name, target)
        (self.outcome, self.isRefused) = (outcome, isRefused)
    }

    /// `2026-11-21 19:40:11`, of the name; it is in UTC.
    var time: String {
        let digits = Array(name.prefix(15))
        guard digits.count == 15, digits[8] == "-" else { return "" }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8)) \(part(9..<11)):\(part(11..<13)):\(part(13..<15))"
    }

    /// Whether every word of `text` occurs in it, letters of either case.
    func matches(_ text: String) -> Bool {
        let whole = "\(name) \(target) \(outcome)".lowercased()
        return text.lowercased().split(separator: " ").allSatisfy { whole.contains($0) }
    }
}

/// The list of the saved sessions, as it is looked at.
public struct SavedList: Hashable, Sendable {
    /// `nil` until they were read. Newest first.
    public internal(set) var sessions: [SavedSession]?
    var view = ListView()
    var filter = LineEditor()
    var isFiltering = false

    public init() {}

    var shown: [SavedSession] {
        let sessions = sessions ?? []
        return filter.isEmpty ? sessions : sessions.filter { $0.matches(filter.line) }
    }
}
