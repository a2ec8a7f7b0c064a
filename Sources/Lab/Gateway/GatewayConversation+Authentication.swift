/// Where an AUTH exchange stands, RFC 4954.
enum AuthenticationExchange: Hashable, Sendable {
    case plain
    case loginUser
    case loginPassword(user: String)

    var mechanism: String { self == .plain ? "PLAIN" : "LOGIN" }
}

extension GatewayConversation {
    mutating func authenticate(_ command: GatewayCommand) {
        let words = command.argument.split(separator: " ")
        guard behaviour.offersTLS else { return bad(.authenticationUnavailable) }
        guard isEncrypted else { return bad(.encryptionRequired) }
        guard !isAuthenticated else { return bad(.authenticationTwice) }
        guard transaction == nil else { return bad(.authenticationInTransaction) }
        guard let mechanism = words.first?.uppercased(), words.count <= 2 else { return bad(.authenticationArguments) }
        let exchange: AuthenticationExchange
        switch mechanism {
        case "PLAIN": exchange = .plain
        case "LOGIN": exchange = .loginUser
        default: return bad(.authenticationMechanism) { $0.word = mechanism }
        }
        guard words.count == 2 else { return challenge(exchange) }
        answerChallenge(exchange, Array(words[1].utf8))
    }

    private mutating func challenge(_ exchange: AuthenticationExchange) {
        mode = .challenge(exchange)
        switch exchange {
        case .plain: send("334 ")
        case .loginUser: send("334 VXNlcm5hbWU6")
        case .loginPassword: send("334 UGFzc3dvcmQ6")
        }
    }

    mutating func answerChallenge(_ exchange: AuthenticationExchange, _ line: [UInt8]) {
        mode = .commands
        guard line != [UInt8(ascii: "*")], let answer = Base64.decode(String(decoding: line, as: UTF8.self)) else {
            return bad(.authenticationArguments)
        }
        let text = String(decoding: answer, as: UTF8.self)
        switch exchange {
        case .plain:  // authorization identity, authentication identity, password, RFC 4616 §2
            let parts = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { return bad(.authenticationArguments) }
            judge(exchange, user: parts[1], password: parts[2])
        case .loginUser: challenge(.loginPassword(user: text))
        case .loginPassword(let user): judge(exchange, user: user, password: text)
        }
    }

    private mutating func judge(_ exchange: AuthenticationExchange, user: String, password: String) {
        isAuthenticated = user == behaviour.user && password == behaviour.password
        if isAuthenticated {
            record(.authenticated(user: user, mechanism: exchange.mechanism))
            say(.authenticated)
        } else {
            record(.authenticationFailed(user: user, mechanism: exchange.mechanism))
            bad(.authenticationFailed)
        }
    }
}
