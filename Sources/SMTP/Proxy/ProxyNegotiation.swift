import MailVocabulary

/// What is said to a proxy until it has opened the way, without a socket: bytes in, bytes out.
public struct ProxyNegotiation: Sendable {
    /// Whom the proxy shall connect to.
    public enum Destination: Hashable, Sendable {
        case name(String)
        case address(IPAddress)
    }

    public enum Step: Hashable, Sendable {
        /// More bytes are needed.
        case wait
        case send([UInt8])
        /// The way is open; these bytes are the server's already.
        case open(rest: [UInt8])
        /// One sentence; holds no secret. May quote outside text.
        case failed(String)
    }

    private enum State: Hashable { case method, login, request, response, over }

    /// More than this before the way is open, and it is no proxy.
    static let most = 64 << 10

    private let proxy: ConnectionProxy
    private let destination: Destination
    private let port: Int
    private let secret: Secret?
    private var state = State.over
    private var unread: [UInt8] = []

    public init(_ proxy: ConnectionProxy, to destination: Destination, port: Int, secret: Secret? = nil) {
        (self.proxy, self.destination, self.port, self.secret) = (proxy, destination, port, secret)
    }

    /// The first words.
    public mutating func start() -> Step {
        switch proxy.kind {
        case .http:
            state = .response
            return .send(connect)
        case .socks5, .socks5h:
            state = .method
            if case .name(let name) = destination, name.utf8.count > 255 {
                return fail("the name is longer than the 255 octets that SOCKS takes")
            }
            if let user = proxy.user, !(1...255).contains(user.utf8.count) || (secret?.bytes.count ?? 0) > 255 {
                return fail("user and password have at most 255 octets each in SOCKS")
            }
            // RFC 1928 §3: no authentication, and a password where there is one.
            return .send(proxy.user == nil ? [5, 1, 0] : [5, 2, 0, 2])
        }
    }

    /// Takes in what the proxy said.
    public mutating func received(_ bytes: some Sequence<UInt8>) -> Step {
        unread += bytes
        if unread.count > Self.most { return fail("the proxy said more than \(Self.most) octets and opened nothing") }
        switch state {
        case .method: return method()
        case .login: return login()
        case .request: return request()
        case .response: return response()
        case .over: return .wait
        }
    }

    // MARK: SOCKS 5, RFC 1928 and RFC 1929

    private mutating func method() -> Step {
        guard isSOCKS(5) else { return fail(strange) }
        guard unread.count >= 2 else { return .wait }
        let chosen = unread[1]
        unread.removeFirst(2)
        switch chosen {
        case 0: return ask()
        case 2 where proxy.user != nil:
            state = .login
            let (user, password) = (Array((proxy.user ?? "").utf8), secret?.bytes ?? [])
            return .send([1, UInt8(user.count)] + user + [UInt8(password.count)] + password)
        case 0xFF:
            return fail(
                proxy.user == nil
                    ? "the proxy wants to know who asks: give a user" : "the proxy takes no way of proving who asks")
        default: return fail("the proxy chose method \(chosen), which was not offered")
        }
    }

    private mutating func login() -> Step {
        guard unread.count >= 2 else { return .wait }
        guard unread[1] == 0 else { return fail("the proxy does not take the user or the password") }
        unread.removeFirst(2)
        return ask()
    }

    private mutating func ask() -> Step {
        state = .request
        let place: [UInt8] =
            switch destination {
            case .address(let address): [address.isV6 ? 4 : 1] + address.bytes
            case .name(let name): [3, UInt8(name.utf8.count)] + Array(name.utf8)
            }
        return .send([5, 1, 0] + place + [UInt8(port >> 8 & 255), UInt8(port & 255)])
    }

    private mutating func request() -> Step {
        guard isSOCKS(5) else { return fail(strange) }
        guard unread.count >= 5 else { return unread.count >= 2 && unread[1] != 0 ? fail(refusal(unread[1])) : .wait }
        guard unread[1] == 0 else { return fail(refusal(unread[1])) }
        let address: Int
        switch unread[3] {
        case 1: address = 4
        case 3: address = 1 + Int(unread[4])
        case 4: address = 16
        default: return fail("the proxy names an address of the unknown type \(unread[3])")
        }
        guard unread.count >= 4 + address + 2 else { return .wait }
        return open(after: 4 + address + 2)
    }

    private func isSOCKS(_ version: UInt8) -> Bool { unread.first.map { $0 == version } ?? true }

    private var strange: String { "what answers there is no SOCKS 5 proxy: \(EvidenceText.escaped(unread.prefix(40)))" }

    /// RFC 1928 §6.
    private func refusal(_ code: UInt8) -> String {
        switch code {
        case 1: "the proxy failed"
        case 2: "the proxy's rules do not allow the connection"
        case 3: "the proxy has no route to the network"
        case 4: "the proxy has no route to the host"
        case 5: "the server refused the proxy's connection"
        case 6: "the proxy had no answer from the server"
        case 7: "the proxy does not know CONNECT"
        case 8: "the proxy does not know this type of address"
        default: "the proxy refused with code \(code)"
        }
    }

    // MARK: HTTP CONNECT, RFC 9110 §9.3.6

    private var connect: [UInt8] {
        let host =
            switch destination {
            case .name(let name): name.contains(":") ? "[\(name)]" : name
            case .address(let address): address.isV6 ? "[\(address)]" : "\(address)"
            }
        var text = Array("CONNECT \(host):\(port) HTTP/1.1\r\nHost: \(host):\(port)\r\n".utf8)
        if let user = proxy.user {
            let pair = Array("\(user):".utf8) + (secret?.bytes ?? [])
            text += Array("Proxy-Authorization: Basic ".utf8) + Base64.encode(pair) + [13, 10]
        }
        return text + [13, 10]
    }

    private mutating func response() -> Step {
        guard unread.prefix(5).elementsEqual("HTTP/".utf8.prefix(min(5, unread.count))) else {
            return fail("what answers there is no HTTP proxy: \(EvidenceText.escaped(unread.prefix(40)))")
        }
        guard let end = endOfHead else { return .wait }
        let line = unread.prefix { $0 != 13 && $0 != 10 }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard words.count >= 2, let status = Int(words[1]) else {
            return fail("the proxy's answer has no status: \(EvidenceText.escaped(line.prefix(80)))")
        }
        if (200..<300).contains(status) { return open(after: end) }
        let said = EvidenceText.escaped(words.count > 2 ? "\(status) \(words[2])" : "\(status)")
        guard status == 407 else { return fail("the proxy refused with \(said)") }
        return proxy.user == nil
            ? fail("the proxy refused with \(said): it wants a user")
            : fail("the proxy refused with \(said): user or password are wrong")
    }

    /// Behind the empty line; LF alone ends a line too, RFC 9112 §2.2.
    private var endOfHead: Int? {
        var isEmpty = false
        for (index, byte) in unread.enumerated() {
            if byte == 10 {
                if isEmpty { return index + 1 }
                isEmpty = true
            } else if byte != 13 {
                isEmpty = false
            }
        }
        return nil
    }

    // MARK: the end

    private mutating func open(after count: Int) -> Step {
        state = .over
        defer { unread = [] }
        return .open(rest: Array(unread.dropFirst(count)))
    }

    private mutating func fail(_ words: String) -> Step {
        state = .over
        return .failed(words)
    }
}
