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
            guard offers("STARTTLS") else { return nil }
            return .confirmed(
                session.refusedSTARTTLS.map { "STARTTLS is offered, but was refused with \($0)" }
                    ?? "STARTTLS is offered and was not used")
        case "tls-stripped":
            if offers("STARTTLS") { return .ruledOut("STARTTLS is offered") }
            return session.isMasked
                ? .confirmed("STARTTLS is not offered, and a device on the way writes over what the server says") : nil
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
            let bytes = session.messageBytes
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
        case (.connectTimedOut, "service-down"):
            return .ruledOut("no answer at all: a host without the service refuses at once")
        case (_, "port-25-blocked") where session.plan.target.port == 25:
            if let other = others(at: session, samePort: true) { return .ruledOut("a connection to \(other) stood") }
            guard session.closed == .connectTimedOut, let other = others(at: session, samePort: false) else {
                return nil
            }
            return .confirmed("port 25 gives no answer, and \(other) does")
        case (.connectTimedOut, "firewall-destination"):
            // The host lives, and our network lets port 25 out: what is between is theirs.
            guard let other = others(at: session, samePort: false), others(at: session, samePort: true) != nil else {
                return nil
            }
            return .confirmed("port \(session.plan.target.port) of the host gives no answer, and \(other) does")
        default: return nil
        }
    }

    /// A connection of another session that stood: to another host at the same port, or to the same host at another one.
    ///
    /// A connection that stayed in our own network says nothing of the way out of it, unless the silent host is in there too.
    private func others(at session: SessionRecord, samePort: Bool) -> Endpoint? {
        let port = session.plan.target.port
        return sessions.lazy.compactMap { other -> Endpoint? in
            guard let remote = other.remote else { return nil }
            let isHost = session.isOfSameHost(as: other)
            guard samePort else { return isHost && remote.port != port ? remote : nil }
            let isComparable = !remote.address.isPrivate || session.isAimedInside
            return !isHost && remote.port == port && isComparable ? remote : nil
        }.first
    }

    func verdict(onOtherExchanger cause: String) -> CheckVerdict? {
        guard cause == "host-down", let session else { return nil }
        if let remote = session.remote { return .ruledOut("a connection to \(remote) stood") }
        if session.closed == .refused { return .ruledOut("the host refused the connection, so it is up") }
        if let other = others(at: session, samePort: false) { return .ruledOut("the host answers at \(other)") }
        guard session.closed == .connectTimedOut, let other = others(at: session, samePort: true) else { return nil }
        return .confirmed("the host gives no answer, and another one does: \(other)")
    }

    func verdict(onGreeting cause: String) -> CheckVerdict? {
        guard let session, let took = session.greetingTook else { return nil }
        if cause == "tarpit", let pause = session.greetingPause, pause >= .seconds(2) {
            return .confirmed("the lines of the greeting came \(pause.brief) apart")
        }
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
        // Porthole signs nothing; a message of the user's own may carry any header.
        guard let session, session.events.contains(where: { if case .sentMessage = $0.fact { true } else { false } })
        else { return nil }
        // What people put into a message themselves is looked at; without the author's key nothing is verified.
        let isSigned = session.plan.message.isSigned
        switch cause {
        case "dkim-missing" where isSigned: return .ruledOut("the message carries a DKIM-Signature of its writer's own")
        case "dkim-broken" where isSigned: return dkimKeyFault.map { .confirmed($0) }
        case "dkim-missing": return .confirmed("the test message carries no signature")
        case "dkim-broken": return .ruledOut("the test message carries no signature")
        default: return nil
        }
    }
}

extension Incident {
    /// What is wrong with a key that a signature of the sender's domain names, as the DNS says it.
    private var dkimKeyFault: Phrase? {
        examinations.lazy.compactMap { subject, examination -> Phrase? in
            guard case .signer(let domain, _) = subject, domain == senderDomain else { return nil }
            return examination.findings.first { $0.kind.severity == .failure }?.phrase
        }.first
    }
}

extension TestMessage {
    /// It has a DKIM-Signature that its writer put in: a field of the raw message, or one of those that are added.
    fileprivate var isSigned: Bool {
        let isAdded = headerEdits.contains { edit in
            switch edit {
            case .add(let field), .replace(let field): field.name.lowercased() == "dkim-signature"
            case .remove: false
            }
        }
        return isAdded || raw?.field("DKIM-Signature") != nil
    }
}

extension SessionRecord {
    /// Whether both go to one host: several exchangers of a domain are several hosts.
    fileprivate func isOfSameHost(as other: SessionRecord) -> Bool {
        if let host, host == other.host { return true }
        guard case .host(let name) = plan.target.destination, case .host(name) = other.plan.target.destination else {
            return false
        }
        return true
    }

    /// It was to go to an address that only our own network has.
    fileprivate var isAimedInside: Bool {
        let tried = events.compactMap { event -> IPAddress? in
            if case .connecting(_, let endpoint?) = event.fact { endpoint.address } else { nil }
        }
        let addresses = tried.isEmpty ? [IPAddress(plan.target.name)].compactMap { $0 } : tried
        return !addresses.isEmpty && addresses.allSatisfy(\.isPrivate)
    }

    /// A device on the way hides what the server says.
    fileprivate var isMasked: Bool {
        events.contains { event in
            guard case .received(let reply, _, _, _, _) = event.fact else { return false }
            return reply.oddities.contains { $0.kind == .maskedBanner }
        }
    }

    /// The size of the message: as it was sent, or as MAIL FROM announced it (RFC 1870 §6).
    fileprivate var messageBytes: Int? {
        events.lazy.compactMap { event -> Int? in
            if case .sentMessage(let bytes, _, _, _) = event.fact { return bytes }
            guard case .sent(.sender, let line, _) = event.fact else { return nil }
            let words = line.uppercased().split(separator: " ")
            return words.first { $0.hasPrefix("SIZE=") }.flatMap { Int($0.dropFirst(5)) }
        }.max()
    }

    /// How long the greeting took from its first byte to its last.
    fileprivate var greetingPause: Duration? {
        events.lazy.compactMap { event -> Duration? in
            guard case .received(_, .connect, _, let timing, _) = event.fact else { return nil }
            return timing.lastByte - timing.firstByte
        }.first
    }

    /// The mechanism of the last AUTH that was sent.
    fileprivate var triedMechanism: String? {
        events.lazy.reversed().compactMap { event -> String? in
            guard case .sent(.authenticate, let line, _) = event.fact else { return nil }
            let words = line.split(separator: " ")
            return words.count > 1 && words[0].uppercased() == "AUTH" ? words[1].uppercased() : nil
        }.first
    }
}

extension SessionRecord {
    /// The code with which the server refused to begin TLS, the last time that it was asked.
    fileprivate var refusedSTARTTLS: ReplyCode? {
        events.reversed().lazy.compactMap { event -> ReplyCode? in
            guard case .received(let reply, .startTLS, _, _, _) = event.fact, !reply.isPositive else { return nil }
            return reply.code
        }.first
    }
}
