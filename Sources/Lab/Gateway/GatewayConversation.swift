import MailVocabulary
import SMTP

/// The server's side of RFC 5321 for one connection: lines in, actions out. It reads no clock and touches no socket.
struct GatewayConversation: Sendable {
    /// What it needs of the gateway around it.
    struct Surroundings: Sendable {
        /// A new MID.
        var nextMID: @Sendable () -> Int
        /// True while this client has to wait with this recipient; the first time of asking starts the wait.
        var isGreylisted: @Sendable (IPAddress, String) -> Bool
        /// Now, as in a Date header field.
        var date: @Sendable () -> String
    }

    enum Mode: Hashable {
        case opening, commands, challenge(AuthenticationExchange), message, ended
    }

    /// MAIL to the end of the message.
    struct Transaction {
        var mid: Int
        var sender: String
        var request = DeliveryRequest()
        var recipients: [MessageReceipt.Recipient] = []
        var intake = MessageIntake()
    }

    let behaviour: LabBehaviour
    let client: IPAddress
    let interface: IPAddress
    let surroundings: Surroundings
    var writer: ReplyWriter
    var mode = Mode.opening
    var isEncrypted: Bool
    var hasGreeted = false
    var isAuthenticated = false
    /// The client has shown a certificate of its own.
    var hasCertificate = false
    /// Of the TLS that stands, for AUTH.
    var bindings: [ChannelBinding: [UInt8]] = [:]
    var transaction: Transaction?
    var actions: [GatewayAction] = []
    private var badCommands = 0
    private var isOverlong = false
    /// What TLS did while the reverse lookup was still going on: logged behind the line that begins the connection.
    private var pendingTLS: GatewayEvent?

    init(
        _ behaviour: LabBehaviour, client: IPAddress, interface: IPAddress, isEncrypted: Bool,
        surroundings: Surroundings
    ) {
        (self.behaviour, self.client, self.interface) = (behaviour, client, interface)
        (self.isEncrypted, self.surroundings) = (isEncrypted, surroundings)
        writer = ReplyWriter(
            persona: behaviour.persona, host: behaviour.hostName, client: client, clientName: "[\(client)]")
        if behaviour.isHostile { writer.ending = ReplyWriter.hostileEnding }
    }

    // MARK: inputs

    /// The reverse lookup is over: banner, or refusal.
    mutating func open(_ reverse: ReverseName, isOneTooMany: Bool) -> [GatewayAction] {
        guard mode == .opening else { return [] }
        if case .name(let name, _) = reverse { writer.clientName = name }
        record(.accepted(client: client, interface: interface, reverse: reverse, behaviour.senderGroup))
        if let event = pendingTLS { record(event) }
        mode = .commands
        if isOneTooMany {
            record(.tooManyConnections)
            say(.tooManyConnections)
            end()
        } else if !applyRule(.connect, "") {
            if behaviour.senderGroup == .reject {
                say(.badReputation)
                end()
            } else {
                say(.banner)
            }
        }
        return take()
    }

    /// One line or part of a line, and whether it is whole.
    mutating func receive(_ piece: LineAssembler.Piece) -> [GatewayAction] {
        switch (mode, piece) {
        case (.message, .line(let line, let isBare)): receiveMessage(line[...], isWhole: true, isBare: isBare)
        case (.message, .part(let bytes)): receiveMessage(bytes[...], isWhole: false, isBare: false)
        case (.commands, .line(let line, _)), (.challenge, .line(let line, _)): receiveLine(line)
        case (.commands, .part), (.challenge, .part): isOverlong = true
        case (.opening, _), (.ended, _): break
        }
        return take()
    }

    mutating func tlsStarted(_ facts: TLSFacts, bindings: [ChannelBinding: [UInt8]] = [:]) -> [GatewayAction] {
        self.bindings = bindings
        let event = GatewayEvent.tlsStarted(version: facts.version, cipher: facts.cipher)
        isEncrypted = true
        hasCertificate = !facts.chain.isEmpty
        if mode == .opening { pendingTLS = event } else { record(event) }
        return take()
    }

    mutating func tlsFailed(_ reason: String) -> [GatewayAction] {
        let event = GatewayEvent.tlsFailed(reason: reason)
        if mode == .opening { pendingTLS = event } else { record(event) }
        return take()
    }

    mutating func idled() -> [GatewayAction] {
        guard mode != .ended, mode != .opening else { return [] }
        record(.disconnectedIdle(client: client))
        say(.idle)
        end()
        return take()
    }

    /// The connection is gone. `seconds` counts from its begin.
    mutating func closed(after seconds: Int) -> [GatewayAction] {
        if mode == .opening, case .tlsFailed = pendingTLS, let event = pendingTLS {
            record(.accepted(client: client, interface: interface, reverse: .unknown, behaviour.senderGroup))
            record(event)
            record(.lost)
        } else if mode == .opening {
            record(.lostBeforeBanner(client: client, interface: interface, seconds: seconds))
        } else {
            if mode != .ended { record(.lost) }
            abort(bySender: false)
        }
        mode = .ended
        record(.closed)
        return take()
    }

    // MARK: commands

    private mutating func receiveLine(_ line: [UInt8]) {
        if isOverlong {
            isOverlong = false
            mode = .commands
            return bad(.lineTooLong)
        }
        if case .challenge(let exchange) = mode { return answerChallenge(exchange, line) }
        let command = GatewayCommand(line)
        if applyRule(Self.stage(of: command.verb), command.argument) { return }
        obey(command)
    }

    private mutating func obey(_ command: GatewayCommand) {
        switch command.verb {
        case "EHLO", "HELO": hello(command)
        case "STARTTLS": startTLS()
        case "AUTH": authenticate(command)
        case "MAIL": mail(command)
        case "RCPT": recipient(command)
        case "DATA": startMail()
        case "RSET":
            abort(bySender: true)
            say(.reset)
        case "NOOP": say(.noop)
        case "HELP": say(.help)
        case "VRFY": say(.verify) { $0.word = command.argument }
        case "EXPN": say(.expand)
        case "QUIT":
            abort(bySender: true)
            say(.closing)
            end()
        default:
            record(.unknownCommand(String(command.text.prefix(100))))
            bad(.notRecognized) { $0.word = command.verb }
        }
    }

    private mutating func hello(_ command: GatewayCommand) {
        let isExtended = command.verb == "EHLO"
        guard !command.argument.isEmpty || (!isExtended && behaviour.persona == .esa) else {
            return bad(.helloNeedsName)
        }
        abort(bySender: true)
        hasGreeted = true
        guard isExtended else { return say(.helo) }
        let keywords = behaviour.persona.keywords(
            size: behaviour.size, offersTLS: behaviour.offersTLS, isEncrypted: isEncrypted,
            mechanisms: mechanisms.map(\.rawValue))
        send(([writer.text(.ehlo)] + keywords.map { "250 \($0)" }).joined(separator: "\n"))
    }

    private mutating func startTLS() {
        guard behaviour.offersTLS else { return bad(.notRecognized) { $0.word = "STARTTLS" } }
        guard !isEncrypted else { return bad(.tlsAlready) }
        abort(bySender: true)
        hasGreeted = false
        say(.tlsReady)
        actions.append(.startTLS)
    }

    // MARK: replies

    mutating func say(_ phrase: Phrase, _ fill: (inout ReplyWriter.Words) -> Void = { _ in }) {
        var words = ReplyWriter.Words()
        words.date = surroundings.date()
        words.size = String(behaviour.size)
        fill(&words)
        send(writer.text(phrase, words))
    }

    /// A reply that counts towards the limit of wrong commands.
    mutating func bad(_ phrase: Phrase, _ fill: (inout ReplyWriter.Words) -> Void = { _ in }) {
        badCommands += 1
        guard badCommands < behaviour.maximumBadCommands else {
            say(.badCommandLimit)
            return end()
        }
        say(phrase, fill)
    }

    mutating func send(_ text: String) { actions.append(.send(writer.wire(text))) }

    mutating func record(_ event: GatewayEvent) { actions.append(.record(event)) }

    /// Closes from our side: what follows is not read any more.
    mutating func end() {
        abort(bySender: false)
        mode = .ended
        actions.append(.close)
    }

    mutating func abort(bySender: Bool) {
        guard let mid = transaction?.mid else { return }
        transaction = nil
        record(.aborted(mid: mid, bySender: bySender))
    }

    /// - Returns: true when a rule has answered, or wants no answer.
    mutating func applyRule(_ stage: SessionStage, _ argument: String) -> Bool {
        guard let rule = behaviour.rules.first(where: { $0.applies(at: stage, argument: argument) }) else {
            return false
        }
        if rule.wait > .zero { actions.append(.wait(rule.wait)) }
        switch rule.action {
        case .proceed: return false
        case .silence: return true
        case .drop: end()
        case .reply(let text):
            send(text)
            if text.hasPrefix("421") || stage == .quit { end() }
        }
        return true
    }

    private mutating func take() -> [GatewayAction] {
        defer { actions = [] }
        return actions
    }

    private static func stage(of verb: String) -> SessionStage {
        switch verb {
        case "EHLO", "HELO": .hello
        case "STARTTLS": .startTLS
        case "AUTH": .authenticate
        case "MAIL": .sender
        case "RCPT": .recipient
        case "DATA": .data
        case "RSET": .reset
        case "QUIT": .quit
        default: .other
        }
    }
}
