/// A proxy on our own side that makes the connection for us.
public struct ConnectionProxy: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// SOCKS 5, RFC 1928, with an address that was looked up here.
        case socks5
        /// SOCKS 5 with the name: the proxy looks it up.
        case socks5h
        /// HTTP CONNECT, RFC 9110 §9.3.6, with the name.
        case http

        /// The name goes to the proxy as it is.
        public var resolvesThere: Bool { self != .socks5 }

        var usualPort: Int { self == .http ? 8080 : 1080 }
    }

    public var kind: Kind
    /// A name or an address.
    public var host: String
    public var port: Int
    /// For a proxy that wants to know who asks; the secret goes beside the plan.
    public var user: String?

    public init(_ kind: Kind, host: String, port: Int, user: String? = nil) {
        (self.kind, self.host, self.port, self.user) = (kind, host, port, user)
    }

    /// Reads `socks5://proxy.example:1080`, `socks5h://user@[::1]:1080`, `http://proxy.example:8080`.
    ///
    /// - Throws: `TargetFault` with one sentence.
    public init(parsing text: String) throws(TargetFault) {
        guard let scheme = text.firstRange(of: "://"),
            let kind = Kind(rawValue: text[..<scheme.lowerBound].lowercased())
        else { throw TargetFault("a proxy is written socks5://host:port, socks5h://host:port or http://host:port") }
        var rest = text[scheme.upperBound...]
        if rest.last == "/" { rest.removeLast() }
        var user: String?
        if let at = rest.lastIndex(of: "@") {
            user = String(rest[..<at])
            rest = rest[rest.index(after: at)...]
            // A password on the command line can be read by everybody on this machine.
            if user?.contains(":") == true {
                throw TargetFault("the proxy's password is never an argument: give user@host and the password's source")
            }
        }
        let target = try SessionTarget(parsing: String(rest))
        guard case .host(let host) = target.destination, target.socketPath == nil else {
            throw TargetFault("the proxy has no host")
        }
        let hasPort = rest.contains(":") && rest.last != "]" && !target.isBareV6(rest)
        self.init(kind, host: host, port: hasPort ? target.port : kind.usualPort, user: user)
    }

    /// As it is parsed.
    public var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(kind.rawValue)://" + (user.map { "\($0)@" } ?? "") + "\(name):\(port)"
    }
}

extension SessionTarget {
    fileprivate func isBareV6(_ text: some StringProtocol) -> Bool {
        text.first != "[" && text.filter { $0 == ":" }.count > 1
    }
}
