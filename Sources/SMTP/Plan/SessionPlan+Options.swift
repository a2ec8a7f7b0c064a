import MailVocabulary

/// What was added to the plan since its first journals: named values, so that an older journal lacks them and a newer one is
/// read by name. No secret is among them.
extension SessionPlan {
    var options: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        func add(_ name: String, _ value: String?) { if let value { options.append((name, value)) } }
        func add(_ name: String, _ flag: Bool) { if flag { options.append((name, "yes")) } }
        if let authentication {
            add("auth", authentication.mechanism?.rawValue ?? "")
            add("auth-user", authentication.user)
            add("auth-acts-as", authentication.actsAs)
            add("auth-channel", authentication.channel.rawValue)
            add("auth-demand", authentication.demand == .required ? nil : authentication.demand.rawValue)
            add("auth-binding", authentication.binding?.rawValue)
            add("auth-late", !authentication.sendsInitialResponse)
        }
        add("tls-min", security.minimum?.rawValue)
        add("tls-max", security.maximum?.rawValue)
        add("ciphers", security.ciphers)
        add("sni", security.serverName)
        add("tls-host", security.expectedName)
        for pin in security.pins { add("pin", pin) }
        add("tls-verify", security.mustVerify)
        add("tls-resume", security.resumes)
        add("ca-file", security.trustFile)
        add("discards-injection", security.discardsInjection)
        add("certificate", security.certificateFile)
        add("key", security.keyFile)
        add("ret", mail.returns?.rawValue)
        add("envid", mail.envelopeID)
        add("body", mail.body?.rawValue)
        switch mail.size {
        case .ofMessage: add("size", "message")
        case .octets(let count): add("size", "\(count)")
        case nil: break
        }
        add("smtputf8", mail.isInternational)
        for parameter in mail.byHand { add("mail", parameter) }
        for (index, recipient) in recipients.enumerated() {
            add("orcpt", recipient.original.map { "\(index) \($0)" })
            for parameter in recipient.byHand { add("rcpt", "\(index) \(parameter)") }
        }
        add("family", connection.family?.rawValue)
        add("source", connection.source?.description)
        add("interface", connection.interface)
        add("command", connection.command)
        add("through", connection.proxy?.description)
        add("source-port", connection.sourcePort == 0 ? nil : "\(connection.sourcePort)")
        if let proxy = connection.proxyHeader {
            let (client, server) = (proxy.client, proxy.server)
            add(
                "proxy",
                "\(proxy.version.rawValue) \(client.address) \(client.port) \(server.address) \(server.port)")
        }
        add("proxy-line", connection.proxyLine)
        add("lmtp", isLMTP)
        add("pipelining", pipelines)
        for attributes in clientAttributes { add("xclient", attributes) }
        add("xclient-early", introducesBeforeTLS)
        add("drops", dropsAtEnd)
        add("messages", messages == 1 ? nil : "\(messages)")
        for edit in message.headerEdits { add(edit.journalName, edit.journalValue) }
        add("tokens", message.fillsTokens)
        add("encoding", message.encoding?.rawValue)
        add("smuggle", message.probe?.name)
        add("message", message.withheld ?? message.summaryOfFiles)
        return options + courseOptions + services.options
    }

    /// Puts one of `options` back; an unknown name is of a later version and says nothing here.
    mutating func set(_ name: String, to value: String) {
        let isYes = value == "yes"
        let numbered = value.split(separator: " ", maxSplits: 1)
        let index = numbered.first.flatMap { Int($0) }.flatMap { recipients.indices.contains($0) ? $0 : nil }
        switch name {
        case "auth": authentication = AuthenticationPlan(mechanism: SASLMechanism(rawValue: value), user: "")
        case "auth-user": authentication?.user = value
        case "auth-acts-as": authentication?.actsAs = value
        case "auth-channel": authentication?.channel = .init(rawValue: value) ?? .verified
        case "auth-binding": authentication?.binding = ChannelBinding(rawValue: value)
        case "auth-demand": authentication?.demand = .init(rawValue: value) ?? .required
        case "auth-late": authentication?.sendsInitialResponse = !isYes
        case "tls-min": security.minimum = .init(rawValue: value)
        case "tls-max": security.maximum = .init(rawValue: value)
        case "ciphers": security.ciphers = value
        case "sni": security.serverName = value
        case "tls-host": security.expectedName = value
        case "pin": security.pins.append(value)
        case "tls-resume": security.resumes = isYes
        case "tls-verify": security.mustVerify = isYes
        case "ca-file": security.trustFile = value
        case "discards-injection": security.discardsInjection = isYes
        case "certificate": security.certificateFile = value
        case "key": security.keyFile = value
        case "ret": mail.returns = .init(rawValue: value)
        case "envid": mail.envelopeID = value
        case "body": mail.body = .init(rawValue: value)
        case "size": mail.size = Int(value).map { .octets($0) } ?? .ofMessage
        case "smtputf8": mail.isInternational = isYes
        case "mail": mail.byHand.append(value)
        case "orcpt": if let index { recipients[index].original = numbered.dropFirst().first.map { String($0) } }
        case "rcpt": if let index, numbered.count == 2 { recipients[index].byHand.append(String(numbered[1])) }
        case "family": connection.family = .init(rawValue: value)
        case "source": connection.source = IPAddress(value)
        case "interface": connection.interface = value
        case "command": connection.command = value
        case "through": connection.proxy = try? ConnectionProxy(parsing: value)
        case "source-port": connection.sourcePort = Int(value) ?? 0
        case "proxy": connection.proxyHeader = ProxyHeader(journal: value)
        case "proxy-line": connection.proxyLine = value
        case "pipelining": pipelines = isYes
        case "xclient": clientAttributes.append(value)
        case "xclient-early": introducesBeforeTLS = isYes
        case "lmtp": isLMTP = isYes
        case "drops": dropsAtEnd = isYes
        case "header", "header-add", "header-remove":
            if let edit = HeaderEdit(journalName: name, value) { message.headerEdits.append(edit) }
        case "tokens": message.fillsTokens = isYes
        case "encoding": message.encoding = .init(rawValue: value)
        case "smuggle": message.probe = SmugglingProbe(named: value)
        case "message": message.withheld = value
        case "messages": messages = max(1, Int(value) ?? 1)
        default: if !setCourse(name, to: value) { services.set(name, to: value) }
        }
    }
}

extension ProxyHeader {
    fileprivate init?(journal text: String) {
        let words = text.split(separator: " ")
        guard words.count == 5, let version = Int(words[0]).flatMap({ Version(rawValue: $0) }),
            let client = IPAddress(words[1]), let clientPort = Int(words[2]),
            let server = IPAddress(words[3]), let serverPort = Int(words[4])
        else { return nil }
        self.init(version, client: Endpoint(client, clientPort), server: Endpoint(server, serverPort))
    }
}
