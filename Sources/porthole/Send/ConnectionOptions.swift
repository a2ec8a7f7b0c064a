import ArgumentParser
import Glibc
import MailVocabulary
import SMTP

/// How the connection is made and how long replies may take, as options.
struct ConnectionOptions: ParsableArguments {
    @Flag(name: .customShort("4"), help: "IPv4 addresses only.")
    var onlyV4 = false

    @Flag(name: .customShort("6"), help: "IPv6 addresses only.")
    var onlyV6 = false

    @Flag(help: "LMTP: LHLO, and a reply for each recipient after the message (RFC 2033).")
    var lmtp = false

    @Flag(help: "MAIL, every RCPT and DATA together, where PIPELINING is offered (RFC 2920).")
    var pipelining = false

    @Option(help: "Our own address, or address:port, or [v6]:port.")
    var source: String?

    @Option(help: "The network interface of our own to send through, such as eth0.")
    var interface: String?

    @Option(
        help: """
            By way of a proxy: socks5://HOST:PORT, socks5h:// (the proxy looks the name up) or http:// (CONNECT). \
            A user goes before the host: socks5://USER@HOST:PORT.
            """)
    var proxy: String?

    @Option(help: "The file whose first line is the proxy user's password.")
    var proxyPasswordFile: String?

    @Option(help: "The environment variable that holds the proxy user's password.")
    var proxyPasswordEnv: String?

    @Option(help: "The open descriptor whose first line is the proxy user's password.")
    var proxyPasswordFd: Int?

    @Option(
        help: """
            A shell command whose standard input and output are the connection, in place of TCP: \
            \"ssh gw nc localhost 25\". The target then only names the server.
            """)
    var pipe: String?

    @Option(help: "A PROXY header before everything else: 1 or 2. Needs --proxy-client and --proxy-server.")
    var proxyProtocol: Int?

    @Option(help: "The client that the PROXY header names, address:port.")
    var proxyClient: String?

    @Option(help: "The server that the PROXY header names, address:port.")
    var proxyServer: String?

    @Option(help: "A PROXY header typed by hand, right or wrong: \"PROXY UNKNOWN\". CRLF is added.")
    var proxyHeader: String?

    @Option(
        help: """
            STAGE=SECONDS, repeat for more: connect, greeting, tls, command, data, block, eod or quit. \
            Default: RFC 5321's limits.
            """)
    var timeout: [String] = []

    func demands() throws -> ConnectionDemands {
        var demands = ConnectionDemands()
        if onlyV4, onlyV6 { throw CommandFailure("-4 and -6 leave no address", .usage) }
        demands.family = onlyV4 ? .v4 : onlyV6 ? .v6 : nil
        if let source {
            let end = try Self.endpoint(source, "--source", port: 0)
            (demands.source, demands.sourcePort) = (end.address, end.port)
            if let family = demands.family, (family == .v6) != end.address.isV6 {
                throw CommandFailure("--source \(source) is not of the family of -\(onlyV4 ? 4 : 6)", .usage)
            }
        }
        demands.proxyLine = try checkedLine()
        demands.proxyHeader = try toldHeader()
        demands.interface = try checkedInterface()
        if let proxy {
            do throws(TargetFault) { demands.proxy = try ConnectionProxy(parsing: proxy) } catch {
                throw CommandFailure("--proxy: \(error.description)", .usage)
            }
        }
        if let pipe {
            if let fault = EnvelopeFault.inField(pipe, "--pipe") { throw CommandFailure(fault, .usage) }
            if pipe.allSatisfy({ $0 == " " }) { throw CommandFailure("--pipe wants a command", .usage) }
            let others: [(String, Bool)] = [
                ("--proxy", proxy != nil), ("--source", source != nil), ("--interface", interface != nil),
                ("-4", onlyV4), ("-6", onlyV6),
            ]
            if let other = others.first(where: \.1)?.0 {
                throw CommandFailure(
                    "--pipe and \(other) exclude each other: a command makes its own connection", .usage)
            }
            demands.command = pipe
        }
        return demands
    }

    /// What the proxy's user proves himself with; `nil` without a user.
    func proxySecret(for demands: ConnectionDemands) throws -> Secret? {
        let sources =
            [
                proxyPasswordFile.map { SecretSource.file($0) }, proxyPasswordEnv.map { SecretSource.environment($0) },
                proxyPasswordFd.map { SecretSource.descriptor($0) },
            ].compactMap { $0 }
        guard let user = demands.proxy?.user else {
            if !sources.isEmpty {
                throw CommandFailure("a proxy password needs a user: --proxy socks5://USER@HOST:PORT", .usage)
            }
            return nil
        }
        guard sources.count <= 1 else {
            throw CommandFailure("one source of the proxy's password is enough", .usage)
        }
        return try (sources.first ?? .prompt(user: user)).read()
    }

    /// An option says where the proxy's password is.
    var namesSource: Bool { proxyPasswordFile != nil || proxyPasswordEnv != nil || proxyPasswordFd != nil }

    private func checkedInterface() throws -> String? {
        guard let interface else { return nil }
        guard (1...15).contains(interface.utf8.count), unsafe if_nametoindex(interface) != 0 else {
            throw CommandFailure("--interface: this machine has no interface \(interface)", .usage)
        }
        return interface
    }

    private func checkedLine() throws -> String? {
        guard let proxyHeader else { return nil }
        if let fault = EnvelopeFault.inField(proxyHeader, "--proxy-header") { throw CommandFailure(fault, .usage) }
        let others = [
            ("--proxy-protocol", proxyProtocol != nil), ("--proxy-client", proxyClient != nil),
            ("--proxy-server", proxyServer != nil),
        ]
        if let other = others.first(where: \.1)?.0 {
            throw CommandFailure("--proxy-header is the whole header: it does not go with \(other)", .usage)
        }
        if proxyHeader.isEmpty { throw CommandFailure("--proxy-header wants a line: PROXY TCP4 …", .usage) }
        return proxyHeader
    }

    private func toldHeader() throws -> ProxyHeader? {
        guard let proxyProtocol else {
            if proxyClient != nil || proxyServer != nil {
                throw CommandFailure("--proxy-client and --proxy-server need --proxy-protocol 1 or 2", .usage)
            }
            return nil
        }
        guard let version = ProxyHeader.Version(rawValue: proxyProtocol) else {
            throw CommandFailure("--proxy-protocol is 1 or 2, not \(proxyProtocol)", .usage)
        }
        guard let proxyClient, let proxyServer else {
            throw CommandFailure("--proxy-protocol needs --proxy-client and --proxy-server", .usage)
        }
        let client = try Self.endpoint(proxyClient, "--proxy-client", port: nil)
        let server = try Self.endpoint(proxyServer, "--proxy-server", port: nil)
        guard let header = ProxyHeader(version, client: client, server: server) else {
            throw CommandFailure("--proxy-client and --proxy-server are of different families", .usage)
        }
        return header
    }

    /// - Parameter port: Where the text has none; `nil` when it must have one.
    private static func endpoint(_ text: String, _ name: String, port: Int?) throws -> Endpoint {
        if let address = IPAddress(text), let port { return Endpoint(address, port) }
        if let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        {
            var host = text[..<colon]
            if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
            if let address = IPAddress(host), address.isV6 == (text.first == "[") { return Endpoint(address, port) }
        }
        let form = port == nil ? "address:port" : "an address or address:port"
        throw CommandFailure("\(name) wants \(form), not \(text)", .usage)
    }

    func deadlines() throws -> ReplyDeadlines {
        var deadlines = ReplyDeadlines()
        for text in timeout {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let seconds = Double(parts[1]), (0.001...86_400).contains(seconds) else {
                throw CommandFailure("--timeout wants STAGE=SECONDS, up to a day, not \(text)", .usage)
            }
            let limit = Duration.milliseconds(Int(seconds * 1000))
            switch parts[0].lowercased() {
            case "connect": deadlines.connect = limit
            case "greeting": deadlines.greeting = limit
            case "tls": deadlines.tlsHandshake = limit
            case "command": deadlines.command = limit
            case "data": deadlines.data = limit
            case "block": deadlines.dataBlock = limit
            case "eod": deadlines.endOfData = limit
            case "quit": deadlines.quit = limit
            default:
                throw CommandFailure(
                    "--timeout: \(parts[0]) is not one of connect, greeting, tls, command, data, block, eod, quit",
                    .usage)
            }
        }
        return deadlines
    }
}

extension ConnectionOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        onlyV4 = line.hasFlag("-4")
        onlyV6 = line.hasFlag("-6")
        lmtp = line.hasFlag("--lmtp")
        pipelining = line.hasFlag("--pipelining")
        source = try line.value("--source")
        interface = try line.value("--interface")
        proxy = try line.value("--proxy")
        proxyPasswordFile = try line.value("--proxy-password-file")
        proxyPasswordEnv = try line.value("--proxy-password-env")
        proxyPasswordFd = try line.value("--proxy-password-fd")
        pipe = try line.value("--pipe")
        proxyProtocol = try line.value("--proxy-protocol")
        proxyClient = try line.value("--proxy-client")
        proxyServer = try line.value("--proxy-server")
        proxyHeader = try line.value("--proxy-header")
        timeout = try line.values("--timeout")
    }
}
