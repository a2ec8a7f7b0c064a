/// The options of a plan that say which way the conversation takes, as a journal has them.
extension SessionPlan {
    var courseOptions: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        if let dropsBeforeReply { options.append(("drops-before-reply", dropsBeforeReply.rawValue)) }
        if let maximumTime { options.append(("max-time", Self.milliseconds(maximumTime))) }
        if greeting != .extended { options.append(("greeting", greeting.rawValue)) }
        if greetsAgain { options.append(("greets-again", "yes")) }
        for probe in probes { options.append(("probe", probe.line)) }
        if let forwardAttributes { options.append(("xforward", forwardAttributes)) }
        return options
    }

    /// - Returns: false for a name that is none of `courseOptions`.
    mutating func setCourse(_ name: String, to value: String) -> Bool {
        switch name {
        case "drops-before-reply": dropsBeforeReply = SessionStage(rawValue: value)
        case "max-time": maximumTime = Int(value).map { .milliseconds($0) }
        case "greeting": greeting = Greeting(rawValue: value) ?? .extended
        case "greets-again": greetsAgain = value == "yes"
        case "probe":
            let words = value.split(separator: " ", maxSplits: 1)
            guard let verb = words.first.flatMap({ ServerProbe.Verb(rawValue: String($0)) }) else { break }
            probes.append(ServerProbe(verb, words.count > 1 ? String(words[1]) : ""))
        case "xforward": forwardAttributes = value
        default: return false
        }
        return true
    }

    private static func milliseconds(_ time: Duration) -> String {
        "\(time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)"
    }
}
