import DNS
import MailVocabulary
import SMTP

/// Verdicts from the conversation: what the server announced, how long it took, how TLS went.
extension Incident {
    func verdict(onOffers cause: String) -> CheckVerdict? {
        guard let session else { return nil }
        // What was announced before TLS is forgotten, so this is known while the new list is not.
        if session.tls != nil, cause == "tls-required" || cause == "tls-stripped" {
            return .ruledOut("the session is inside TLS")
        }
        guard !session.capabilities.isEmpty else { return nil }
        func offers(_ name: String) -> Bool { session.capabilities.contains { $0.name == name } }
        switch cause {
        case "tls-required":
            return offers("STARTTLS") ? .confirmed("STARTTLS is offered and was not used") : nil
        case "tls-stripped":
            return offers("STARTTLS") ? .ruledOut("STARTTLS is offered") : nil
        case "not-authenticated":
            if let mechanism = session.authenticatedWith { return .ruledOut("authenticated with \(mechanism)") }
            return .confirmed("no AUTH was accepted in this session")
        case "auth-not-offered":
            if offers("AUTH") { return .ruledOut("AUTH is offered") }
            return session.tls == nil && offers("STARTTLS")
                ? .confirmed("AUTH is not offered before TLS") : .confirmed("AUTH is not offered here")
        case "auth-mechanism":
            let offered = session.capabilities.first { $0.name == "AUTH" }?.parameters.map { $0.uppercased() } ?? []
            guard !offered.isEmpty, let tried = session.triedMechanism else { return nil }
            let list = offered.joined(separator: " ")
            return offered.contains(tried)
                ? .ruledOut("\(tried) is among those offered: \(list)")
                : .confirmed("\(tried) is not among those offered: \(list)")
        default: return nil
        }
    }

    func verdict(onSize cause: String) -> CheckVerdict? {
        guard cause == "message-too-large", let session,
            let size = session.capabilities.first(where: { $0.name == "SIZE" })?.parameters.first.flatMap({ Int($0) }),
            // RFC 1870 §4: zero means that no fixed limit is in force.
            size > 0,
            let bytes = session.events.lazy.compactMap({ event in
                if case .sentMessage(let bytes, _, _, _) = event.fact { bytes } else { nil }
            }).max()
        else { return nil }
        return bytes > size
            ? .confirmed("\(bytes) bytes against a SIZE of \(size)")
            : .ruledOut("\(bytes) bytes against a SIZE of \(size)")
    }

    func verdict(onHandshake cause: String) -> CheckVerdict? {
        guard let session else { return nil }
        if case .tls(let words) = session.closed, ["tls-version-cipher", "tls-not-available"].contains(cause) {
            return .confirmed("the handshake failed: \(words)")
        }
        guard let facts = session.tls else { return nil }
        let isAbout: (TLSFacts.Objection) -> Bool
        switch cause {
        case "tls-not-available", "tls-version-cipher":
            return .ruledOut("the handshake succeeded: \(facts.version) \(facts.cipher)")
        // The numbers are OpenSSL's X509_V_ERR_ constants: dates, names, chains.
        case "cert-expired": isAbout = { [9, 10].contains($0.code) }
        case "cert-name": isAbout = { (62...64).contains($0.code) }
        case "cert-untrusted": isAbout = { [2, 18, 19, 20, 21].contains($0.code) }
        default: return nil
        }
        if let objection = facts.objections.first(where: isAbout) { return .confirmed("\(objection.text)") }
        // A resumed session verifies nothing again.
        return facts.isResumed ? nil : .ruledOut("the verifier does not object to that")
    }

    func verdict(onConnection cause: String) -> CheckVerdict? {
        guard let session else { return nil }
        if let remote = session.remote { return .ruledOut("a connection to \(remote) stood") }
        switch (session.closed, cause) {
        case (.refused, "service-down"): return .confirmed("the host refused the connection")
        case (.refused, "port-25-blocked"), (.refused, "firewall-destination"): return nil
        case (.connectTimedOut, "service-down"):
            return .ruledOut("no answer at all: a host without the service refuses at once")
        default: return nil
        }
    }

    func verdict(onOtherExchanger cause: String) -> CheckVerdict? {
        guard cause == "host-down", let session else { return nil }
        if let remote = session.remote { return .ruledOut("a connection to \(remote) stood") }
        return session.closed == .refused ? .ruledOut("the host refused the connection, so it is up") : nil
    }

    func verdict(onGreeting cause: String) -> CheckVerdict? {
        guard let took = session?.greetingTook else { return nil }
        guard took >= Self.slowGreeting else { return .ruledOut("the greeting took \(took.brief)") }
        guard let address = evidenceAddress(nil), let answer = reverseAnswer(of: address) else { return nil }
        let isSettled = answer.isSettled
        switch (cause, isSettled) {
        case ("banner-lookup-delay", false):
            return .confirmed("the greeting took \(took.brief), and the reverse lookup of \(address) fails")
        case ("banner-lookup-delay", true) where answer.took < .seconds(1):
            return .ruledOut("the reverse lookup of \(address) answers in \(answer.took.brief)")
        default: return nil
        }
    }

    func verdict(onSignature cause: String) -> CheckVerdict? {
        // Porthole signs nothing; a message typed by hand may carry any header.
        guard let session, session.events.contains(where: { if case .sentMessage = $0.fact { true } else { false } })
        else { return nil }
        switch cause {
        case "dkim-missing": return .confirmed("the test message carries no signature")
        case "dkim-broken": return .ruledOut("the test message carries no signature")
        default: return nil
        }
    }
}

extension SessionRecord {
    /// The mechanism of the last AUTH that was sent.
    fileprivate var triedMechanism: String? {
        events.lazy.reversed().compactMap { event -> String? in
            guard case .sent(.authenticate, let line, _) = event.fact else { return nil }
            let words = line.split(separator: " ")
            return words.count > 1 && words[0].uppercased() == "AUTH" ? words[1].uppercased() : nil
        }.first
    }
}
