import DNS
import MailVocabulary
import NIOCore
import NIOHTTP1
import NIOPosix
import SMTP
import TLS

/// Fetches the MTA-STS policy of a domain over HTTPS as a sender does, RFC 8461 §3.3: the web's authorities must vouch for
/// `mta-sts.DOMAIN`, redirects are not followed, and size and time have limits.
public struct PolicyFetcher: Sendable {
    /// Bytes of a policy that are read, RFC 8461 §3.3.
    public static let sizeLimit = 65_536
    /// The whole time, lookups included: RFC 8461 §3.3 allows a minute, and people wait.
    public static let timeLimit: Duration = .seconds(15)
    /// Where the policy stands.
    static let path = "/.well-known/mta-sts.txt"

    private let lookup: NameLookup
    private let tls: SharedTLSContext
    private let port: Int

    /// - Parameters:
    ///   - trustFile: A PEM file of trusted roots in place of the system's.
    ///   - port: 443, unless in a laboratory.
    public init(_ lookup: NameLookup, trustFile: String?, port: Int = 443) {
        (self.lookup, self.port, tls) = (lookup, port, SharedTLSContext(trustFile: trustFile))
    }

    /// Never fails: every end is an outcome.
    public func fetch(for domain: DNSName) async -> PolicyFetch {
        let began = ContinuousClock.now
        let outcome = await outcome(for: domain)
        return PolicyFetch(of: domain, outcome, took: .now - began)
    }

    private func outcome(for domain: DNSName) async -> PolicyFetch.Outcome {
        guard let host = PolicyFetch.host(of: domain)?.description else { return .failed("its host name is too long") }
        let found = await lookup.addresses(of: host)
        guard !found.addresses.isEmpty else { return .failed(found.problem ?? "\(host) has no address") }
        var last = PolicyFetch.Outcome.failed("\(host) has no address")
        // Two addresses of each family are enough to see what senders see.
        for address in found.addresses.prefix(4) {
            let attempt = await ask(host, at: Endpoint(address, port))
            guard attempt.isUnreachable else { return attempt.outcome }
            last = attempt.outcome
        }
        return last
    }

    private func ask(_ host: String, at endpoint: Endpoint) async -> (outcome: PolicyFetch.Outcome, isUnreachable: Bool)
    {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: PolicyFetch.Outcome.self)
        let limit = TimeAmount(Self.timeLimit)
        let context: OpenSSLContext
        do { context = try tls.context(TLSDemands()) } catch {
            promise.fail(ChannelError.eof)
            return (.failed((error as? TLSFailure)?.reason ?? "\(error)"), false)
        }
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(5))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(OpenSSLHandler(context, to: TLSPeer(name: host)))
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(PolicyRequest(host, promise))
                    }
                }
                .connect(host: endpoint.address.description, port: endpoint.port).get()
            let timer = loop.scheduleTask(in: limit) {
                promise.succeed(.failed("\(host) sent no policy within \(Self.timeLimit.components.seconds) s"))
            }
            let outcome = try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.succeed(.failed("it was given up"))
            }
            timer.cancel()
            channel.close(promise: nil)
            return (outcome, false)
        } catch {
            promise.succeed(.failed("it was given up"))
            return (.failed("\(endpoint) cannot be reached: \(SocketFault.words(error, port: endpoint.port))"), true)
        }
    }
}
