import MailVocabulary

/// AUTH by the plan, RFC 4954. What an operator types goes its own way and is only redacted.
extension SessionStateMachine {
    /// The AUTH command, with the first message where the mechanism and the plan have one.
    mutating func beginAuthentication(_ now: Duration) {
        guard let plan = plan.authentication, let credentials,
            case .mechanism(let mechanism) = progress.authenticationChoice
        else { return give(up: "AUTH is not tried: there is no password", now) }
        let host = progress.host ?? self.plan.target.name
        var first: [UInt8]?
        do throws(SASLExchange.Fault) {
            var exchange = try SASLExchange(
                mechanism, plan: plan, credentials: credentials, host: host, port: self.plan.target.port,
                binding: try binding(for: mechanism, plan))
            first = exchange.initialResponse()
            self.exchange = exchange
        } catch { return give(up: "AUTH is not tried: \(error.words)", now) }
        var line = "AUTH \(mechanism.rawValue)"
        // RFC 4954 §4: an empty first message is written as an equals sign.
        if let first { line += " " + (first.isEmpty ? "=" : Self.encoded(first)) }
        send(line, .authenticate, now)
    }

    /// What SCRAM says of channel binding on this connection.
    private func binding(
        for mechanism: SASLMechanism, _ plan: AuthenticationPlan
    ) throws(SASLExchange.Fault) -> SCRAMExchange.Binding {
        guard mechanism.bindsChannel else {
            let offered = progress.keyword("AUTH")?.parameters.compactMap { SASLMechanism(name: $0) } ?? []
            return bindings.isEmpty || offered.contains { $0.bindsChannel } ? .none : .notOffered
        }
        guard let name = plan.binding ?? ChannelBinding.usual(of: bindings, version: tlsVersion) else {
            throw .init(words: "this TLS connection has no channel binding for \(mechanism.rawValue)")
        }
        guard let bytes = bindings[name] else {
            throw .init(words: "this TLS connection (\(tlsVersion ?? "unknown")) has no \(name.rawValue)")
        }
        return .bound(name, bytes)
    }

    /// Answers the 334 that is open.
    mutating func answerChallenge(_ prompt: [UInt8], _ now: Duration) {
        guard var exchange else { return }
        guard let challenge = Base64.decode(prompt) else {
            return cancel("the 334 is not in base64", doubts: false, now)
        }
        do throws(SASLExchange.Fault) {
            let hadReport = exchange.errorReport != nil
            let answer = try exchange.answer(challenge)
            self.exchange = exchange
            if !hadReport, let report = exchange.errorReport {
                let words = EvidenceText.escaped(redaction.scrub(report).prefix(500))
                self.report(.note("the server's reason: \(words)"), now)
            }
            send(Self.encoded(answer), .authenticate, now)
        } catch { cancel(error.words, doubts: error.doubtsServer, now) }
    }

    /// 235 has come: is it worth anything?
    mutating func authenticated(_ now: Duration) {
        defer { exchange = nil }
        guard let fault = exchange?.missingProof else { return }
        end(
            .protocolViolation(Oddity(.unexpectedCode, "235 to AUTH, but \(fault)")), during: .authenticate, at: now)
    }

    /// RFC 4954 §4: an asterisk ends the exchange, and the server answers 501.
    ///
    /// - Parameter doubts: The server failed to prove who it is: it gets nothing more, even where AUTH is optional.
    private mutating func cancel(_ words: String, doubts: Bool, _ now: Duration) {
        exchange = nil
        cancelsAuthentication = true
        if plan.authentication?.demand == .optional, !doubts {
            report(.note("AUTH is given up: \(words)"), now)
        } else {
            give(up: "AUTH is given up: \(words)", now)
        }
        send("*", .authenticate, now)
    }

    /// What the server says to the asterisk: only a refusal ends the exchange. A server that asks on would take the next command for
    /// an answer, and one that says 235 has nothing to say it of.
    ///
    /// - Returns: false when the session is over.
    mutating func authenticationCancelled(by reply: Reply, _ now: Duration) -> Bool {
        guard cancelsAuthentication else { return true }
        cancelsAuthentication = false
        guard reply.isPositive else { return true }
        let oddity = Oddity(.unexpectedCode, "\(reply.code) to the asterisk that ended AUTH")
        end(.protocolViolation(oddity), during: .authenticate, at: now)
        return false
    }

    private mutating func give(up words: String, _ now: Duration) {
        goal = nil
        report(.note(words), now)
    }

    private static func encoded(_ message: [UInt8]) -> String {
        String(decoding: Base64.encode(message), as: UTF8.self)
    }
}
