import DNS
import Foundation
import MailVocabulary
import NIOCore
import NIOPosix
import TLS
import Testing

@testable import Lab
@testable import Wire

@Suite("Policy fetcher")
struct PolicyFetcherTests {
    private static let text = "version: STSv1\nmode: enforce\nmx: mx1.example.test\nmax_age: 604800\n"

    private static func response(_ status: String, _ type: String, _ body: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Fetches from a web server on loopback that answers every request with these bytes.
    private func fetch(
        _ response: String, host: String = "mta-sts.example.test", fromDay: Int = -1, toDay: Int = 61
    ) async throws -> PolicyFetch.Outcome {
        let authority = try CertificateAuthority(commonName: "test authority")
        let leaf = LeafCertificate(commonName: host, hosts: [host], fromDay: fromDay, toDay: toDay)
        let tls = try OpenSSLServerContext(leaf, signedBy: authority)
        let folder = try SessionTestFolder()
        let roots = "\(folder.path)/roots.pem"
        try authority.pem.write(toFile: roots, atomically: false, encoding: .utf8)
        let web = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(OpenSSLHandler(accepting: tls))
                    try channel.pipeline.syncOperations.addHandler(CannedResponse(response))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        var zones = LabZones()
        for zone in try ZoneText.zones("zone example.test\nmta-sts.example.test A 127.0.0.1\n") { zones.add(zone) }
        let names = try await LabNameServer.start(zones: zones)
        let fetcher = PolicyFetcher(
            NameLookup(Resolver(server: names.endpoint), hosts: HostsFile("")), trustFile: roots,
            port: web.localAddress?.port ?? 0)
        let fetch = await fetcher.fetch(for: try DNSName(reading: "example.test"))
        try? await web.close()
        await names.stop()
        return fetch.outcome
    }

    private func words(_ outcome: PolicyFetch.Outcome) -> String {
        switch outcome {
        case .text: "text"
        case .failed(let words): words
        }
    }

    @Test("gives the text of a policy, and only of a good response")
    func responses() async throws {
        #expect(
            try await fetch(Self.response("200 OK", "text/plain; charset=utf-8", Self.text))
                == .text(Array(Self.text.utf8)))
        let cases = [
            (Self.response("404 Not Found", "text/plain", Self.text), "HTTP 404"),
            (Self.response("200 OK", "text/html", Self.text), "text/html"),
            (
                "HTTP/1.1 301 Moved\r\nLocation: https://b.test/\r\nContent-Length: 0\r\n\r\n",
                "redirects to https://b.test/"
            ),
            (Self.response("200 OK", "text/plain", String(repeating: "x", count: 70_000)), "more than 65536 bytes"),
            ("220 mx1.example.test ESMTP\r\n", "does not speak HTTP"),
        ]
        for (response, part) in cases {
            let said = words(try await fetch(response))
            #expect(said.contains(part), "\(said)")
        }
    }

    @Test("sends no request to a server whose certificate is not valid for the name")
    func certificates() async throws {
        let good = Self.response("200 OK", "text/plain", Self.text)
        for outcome in [try await fetch(good, host: "www.example.test"), try await fetch(good, fromDay: -9, toDay: -2)]
        {
            #expect(
                words(outcome).hasPrefix("the certificate of mta-sts.example.test is not valid"), "\(words(outcome))")
        }
    }

    @Test("says so when there is no host, or nobody there")
    func nobody() async throws {
        let names = try await LabNameServer.start(zones: LabZones())
        let fetcher = PolicyFetcher(
            NameLookup(Resolver(server: names.endpoint), hosts: HostsFile("")), trustFile: nil, port: 1)
        let fetch = await fetcher.fetch(for: try DNSName(reading: "example.test"))
        await names.stop()
        #expect(words(fetch.outcome).contains("mta-sts.example.test does not exist"))
    }
}

/// Answers the first bytes that come with a canned text, and closes.
private final class CannedResponse: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: String

    init(_ text: String) { self.text = text }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenComplete { _ in
            loopBound.value.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
