/// What a piece of the screen means; a theme says how that looks. Raw values are the keys of a theme file.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case text = "ui.text"
    case muted = "ui.muted"
    case border = "ui.border"
    case borderFocus = "ui.border.focus"
    case title = "ui.title"
    case titleFocus = "ui.title.focus"
    case selection = "ui.selection"
    case hintKey = "ui.hint.key"
    case badge = "ui.badge"
    case prompt = "ui.prompt"
    case error = "ui.error"
    case overlay = "ui.overlay"
    case modeRehearse = "mode.rehearse"
    case modeSend = "mode.send"
    case modePrivate = "mode.private"
    case ok = "verdict.ok"
    case temporary = "verdict.temp"
    case permanent = "verdict.perm"
    case wireSent = "wire.sent"
    case wireReceived = "wire.received"
    case wireTLS = "wire.tls"
    case dnsName = "dns.name"
    case dnsTTL = "dns.ttl"
    case dnsProblem = "dns.problem"
    case logTime = "log.time"
    case logID = "log.id"
    case logMine = "log.mine"
    case logMatch = "log.match"
    case logLevelDebug = "log.level.debug"
    case logLevelError = "log.level.error"
    case logLevelWarning = "log.level.warning"
    case walkExpected = "walk.expected"
    case walkObserved = "walk.observed"
    case stepTime = "step.time"
    case stepSlow = "step.slow"
    case searchHit = "search.hit"
    case searchCurrent = "search.current"
    case control = "text.control"

    /// The role whose look is used where a theme says nothing of this one: the part before the last dot that is a role,
    /// else `ui.text`, which has none.
    public var parent: Role? {
        guard self != .text else { return nil }
        var name = rawValue[...]
        while let dot = name.lastIndex(of: ".") {
            name = name[..<dot]
            if let role = Role(rawValue: String(name)) { return role }
        }
        return .text
    }
}
