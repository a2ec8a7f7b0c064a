import SMTP

extension GatewayConversation {
    /// What AUTH takes on this connection.
    var mechanisms: [SASLMechanism] { behaviour.mechanisms.filter { $0 != .external || hasCertificate } }

    mutating func authenticate(_ command: GatewayCommand) {
        let words = command.argument.split(separator: " ")
        guard behaviour.offersTLS else { return bad(.authenticationUnavailable) }
        guard isEncrypted else { return bad(.encryptionRequired) }
        guard !isAuthenticated else { return bad(.authenticationTwice) }
        guard transaction == nil else { return bad(.authenticationInTransaction) }
        guard let name = words.first?.uppercased(), words.count <= 2 else { return bad(.authenticationArguments) }
        guard let mechanism = SASLMechanism(name: name), mechanisms.contains(mechanism) else {
            return bad(.authenticationMechanism) { $0.word = name }
        }
        let exchange = AuthenticationExchange(mechanism, of: behaviour, bindings: bindings)
        guard words.count == 2 else { return follow(exchange, exchange.opening) }
        // RFC 4954 §4: an equals sign is an empty first message.
        answerChallenge(exchange, words[1] == "=" ? [] : Array(words[1].utf8))
    }

    mutating func answerChallenge(_ exchange: AuthenticationExchange, _ line: [UInt8]) {
        mode = .commands
        guard line != [UInt8(ascii: "*")], let answer = Base64.decode(String(decoding: line, as: UTF8.self)) else {
            return bad(.authenticationArguments)
        }
        var exchange = exchange
        let step = exchange.take(answer)
        follow(exchange, step)
    }

    private mutating func follow(_ exchange: AuthenticationExchange, _ step: AuthenticationExchange.Step) {
        switch step {
        case .challenge(let bytes):
            mode = .challenge(exchange)
            send("334 \(Base64.encode(bytes))")
        case .malformed: bad(.authenticationArguments)
        case .accepted:
            isAuthenticated = true
            record(.authenticated(user: exchange.user, mechanism: exchange.mechanism.rawValue))
            say(.authenticated)
        case .refused:
            record(.authenticationFailed(user: exchange.user, mechanism: exchange.mechanism.rawValue))
            bad(.authenticationFailed)
        }
    }
}
