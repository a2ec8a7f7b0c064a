import SMTP

/// One exception to the gateway's manners: at this stage, for this argument, do that instead.
///
/// Written `STAGE[:TEXT]=ACTION`, the stage as in `SessionStage`: `RCPT:nobody@=550 5.1.1 User unknown`,
/// `MAIL=452 #4.3.1 queue full`, `EHLO=silence`, `DATA=drop`, `EOD=+3s`. A rule's own reply is only said: the gateway's state stays as if the command had not come.
public struct ReplyRule: Hashable, Sendable, CustomStringConvertible {
    /// What is done instead of the usual.
    public enum Action: Hashable, Sendable {
        /// `code text`, sent as it stands; more lines are divided by line feeds. A 421 closes the connection.
        case reply(String)
        /// Closes the connection without a word.
        case drop
        /// Never answers.
        case silence
        /// Answers as if there were no rule.
        case proceed
    }

    /// Where in the conversation it applies.
    public var stage: SessionStage
    /// What the command's argument must contain, without case; empty for every argument.
    public var containing: String
    /// Passes before the action.
    public var wait: Duration
    /// What comes then.
    public var action: Action

    /// A rule without its written form.
    public init(_ stage: SessionStage, containing: String = "", wait: Duration = .zero, _ action: Action) {
        (self.stage, self.containing, self.wait, self.action) = (stage, containing.lowercased(), wait, action)
    }

    /// Reads the written form.
    /// - Returns: `nil` for an unknown stage or an action that is none; `+3s` alone waits and goes on as usual.
    public init?(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let place = text[..<equals].split(separator: ":", maxSplits: 1)
        var action = text[text.index(after: equals)...].drop { $0 == " " }
        guard let word = place.first, let stage = SessionStage(rawValue: word.uppercased()) else { return nil }
        var wait = Duration.zero
        if action.first == "+", let end = action.firstIndex(of: "s") {
            guard let seconds = Double(action[..<end].dropFirst()), (0...3600).contains(seconds) else { return nil }
            wait = .milliseconds(Int(seconds * 1000))
            action = action[action.index(after: end)...].drop { $0 == " " }
        }
        guard let meant = Action(action) else { return nil }
        self.init(stage, containing: place.count == 2 ? String(place[1]) : "", wait: wait, meant)
    }

    /// Nearly the written form.
    public var description: String {
        let place = stage.rawValue + (containing.isEmpty ? "" : ":\(containing)")
        return "\(place)=\(wait == .zero ? "" : "+\(wait) ")\(action)"
    }

    func applies(at stage: SessionStage, argument: String) -> Bool {
        stage == self.stage && (containing.isEmpty || argument.lowercased().contains(containing))
    }
}

extension ReplyRule.Action {
    fileprivate init?(_ text: Substring) {
        switch text {
        case "drop": self = .drop
        case "silence": self = .silence
        case "": self = .proceed
        default:
            let digits = text.prefix(3)
            guard digits.count == 3, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            self = .reply(text.split(separator: "\\n").joined(separator: "\n"))
        }
    }
}
