import MailVocabulary

/// The service extensions of the plan against the EHLO list of this server.
extension SessionProgress {
    /// The parameters of MAIL that the plan's services need.
    var serviceParameters: [String] {
        let services = plan.services
        var parameters: [String] = []
        if services.requiresTLS, offers("REQUIRETLS") { parameters.append("REQUIRETLS") }
        if let by = services.deliverBy, offers("DELIVERBY") { parameters.append("BY=\(by.value)") }
        if let priority = services.priority, offers("MT-PRIORITY") { parameters.append("MT-PRIORITY=\(priority)") }
        if offers("FUTURERELEASE") {
            switch services.hold {
            case .seconds(let count): parameters.append("HOLDFOR=\(count)")
            case .until(let date): parameters.append("HOLDUNTIL=\(date)")
            case nil: break
            }
        }
        if awaitsRecipientReplies { parameters.append("PRDR") }
        return parameters
    }

    /// The server was asked for, and offers, a reply for each recipient.
    var awaitsRecipientReplies: Bool { plan.services.wantsRecipientReplies && offers("PRDR") }

    /// The keywords whose absence is said and borne: the message is the same without them.
    var servicesLeftOut: [(keyword: String, parameters: [String])] {
        let services = plan.services
        return [
            ("MT-PRIORITY", services.priority == nil ? [] : ["MT-PRIORITY"]),
            ("DELIVERBY", services.deliverBy?.mode == .notify ? ["BY"] : []),
            ("PRDR", services.wantsRecipientReplies ? ["PRDR"] : []),
        ]
    }

    /// Why MAIL is not said: what was asked for would not be kept by this server, or is more than its limits allow.
    var serviceObstacle: String? {
        guard sender == .untried else { return nil }
        return missingService ?? outOfRange ?? (plan.services.ignoresLimits ? nil : limitObstacle)
    }

    private var missingService: String? {
        let services = plan.services
        if services.requiresTLS, !isSecured { return "stopped: REQUIRETLS needs TLS, and the session is in the clear" }
        var needed: [(what: String, keyword: String)] = []
        if services.requiresTLS { needed.append(("REQUIRETLS", "REQUIRETLS")) }
        if services.chunk != nil { needed.append(("BDAT", "CHUNKING")) }
        if plan.mail.body == .binary { needed.append(("BODY=BINARYMIME", "BINARYMIME")) }
        if services.deliverBy?.mode == .giveUp { needed.append(("BY", "DELIVERBY")) }
        if services.hold != nil { needed.append(("holding the message back", "FUTURERELEASE")) }
        guard let missing = needed.first(where: { !offers($0.keyword) }) else { return nil }
        return "stopped: \(missing.what) was asked for, and the server does not offer \(missing.keyword)"
    }

    private var outOfRange: String? {
        if let by = plan.services.deliverBy, by.mode == .giveUp, let least = numbers(of: "DELIVERBY").first,
            by.seconds < least
        {
            return "stopped: BY=\(by.value) is less than the \(least) seconds that the server's DELIVERBY names"
        }
        if case .seconds(let count) = plan.services.hold, let most = numbers(of: "FUTURERELEASE").first, count > most {
            return "stopped: HOLDFOR=\(count) is more than the \(most) seconds that the server's FUTURERELEASE names"
        }
        if case .until(let date) = plan.services.hold,
            let most = keyword("FUTURERELEASE")?.parameters.dropFirst().first,
            date.hasSuffix("Z"), most.hasSuffix("Z"), date > most
        {
            return "stopped: HOLDUNTIL=\(date) is later than the \(most) that the server's FUTURERELEASE names"
        }
        return nil
    }

    /// LIMITS, RFC 9422 §4.
    private var limitObstacle: String? {
        let named = limits
        if let most = named["MAILMAX"], mailCommands >= most {
            return "stopped: \(mailCommands) MAIL commands were said, and the server's LIMITS have MAILMAX=\(most)"
        }
        if let most = named["RCPTMAX"], plan.recipients.count > most {
            return
                "stopped: there are \(plan.recipients.count) recipients, and the server's LIMITS have RCPTMAX=\(most)"
        }
        let domains = Set(plan.recipients.compactMap { Mailbox($0.forwardPath)?.domain.lowercased() })
        if let most = named["RCPTDOMAINMAX"], domains.count > most {
            return "stopped: the recipients are of \(domains.count) domains, and the server's LIMITS have "
                + "RCPTDOMAINMAX=\(most)"
        }
        return nil
    }

    /// `RCPTMAX` and its like by name; a value that is no number limits nothing.
    public var limits: [String: Int] {
        var limits: [String: Int] = [:]
        for parameter in keyword("LIMITS")?.parameters ?? [] {
            let sides = parameter.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let value = Int(sides[1]), value > 0 else { continue }
            limits[sides[0].uppercased()] = value
        }
        return limits
    }

    func keyword(_ name: String) -> EHLOKeyword? { keywords.first { $0.name == name } }

    private func numbers(of name: String) -> [Int] { keyword(name)?.parameters.compactMap { Int($0) } ?? [] }
}
