import MailVocabulary
import NIOCore
import NIOHTTP1
import NIOPosix
import TLS

/// The web server of the lab over HTTPS on loopback: it holds MTA-STS policies, RFC 8461 §3.3.
final class LabWebServer: Sendable {
    /// Where it listens.
    let endpoint: Endpoint
    private let listener: any Channel

    private init(_ listener: any Channel) {
        (self.listener, endpoint) = (listener, Endpoint(.loopback, listener.localAddress?.port ?? 0))
    }

    /// Starts on a port that the system chooses, with a certificate for the hosts that are to have one.
    ///
    /// - Throws: `TLSFailure` when no certificate can be made, the error of the socket if no port can be had.
    static func start(_ exhibits: [PolicyExhibit], signedBy authority: CertificateAuthority) async throws
        -> LabWebServer
    {
        let hosts = exhibits.filter(\.isCertified).map(\.host)
        let tls = try OpenSSLServerContext(
            LeafCertificate(commonName: "mta-sts.museum.test", hosts: hosts), signedBy: authority)
        let pairs = exhibits.compactMap { exhibit in exhibit.answer.map { (exhibit.host, $0) } }
        let answers = Dictionary(pairs) { first, _ in first }
        return LabWebServer(
            try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(OpenSSLHandler(accepting: tls))
                        try pipeline.configureHTTPServerPipeline()
                        try pipeline.addHandler(WebResponder(answers))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get())
    }

    /// Closes the socket.
    func stop() async { try? await listener.close() }
}
