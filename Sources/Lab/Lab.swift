import DNS
import MailVocabulary
import NIOCore
import TLS

/// The built-in peer of `porthole demo`, `porthole lab` and the tests: a gateway, a name server and a mail log that tell one
/// story, on loopback only.
public final class Lab: Sendable {
    /// Speaks SMTP, with STARTTLS: mx1.example.test. At the same port of 127.0.0.5 it is mx2, and it answers on 127.0.0.1.
    public let gateway: Endpoint
    /// Speaks SMTP under TLS from the first byte, at the same addresses.
    public let smtps: Endpoint
    /// Answers for the zones of the story, over UDP and TCP.
    public let nameServer: Endpoint
    /// Holds the MTA-STS policies of the museum, over HTTPS; `nil` without a museum.
    public let https: Endpoint?
    /// The domains of the museum; none without one.
    public let exhibits: [String]
    /// An ESA text mail log, growing.
    public let logPath: String
    /// The certificate of the lab's authority, PEM: who trusts it finds the gateway's certificate good.
    public let caPath: String
    /// The key of the lab's signed root, as a DS record: who trusts it can judge the lab's zones.
    public let anchorPath: String
    /// The same record.
    public let trustAnchor: String
    /// Holds the files; private, removed by `stop`.
    public let folder: String

    private let server: LabGateway
    private let names: LabNameServer
    private let web: LabWebServer?
    private let stories: StoryTeller
    private let background: Task<Void, Never>
    private let place: LabFolder

    /// Everything of the outside that a test may want to hold in its hands.
    struct Seams: Sendable {
        var now: @Sendable () -> LabTime = { LabTime.now() }
        var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        var logged: @Sendable (String) -> Void = { _ in }
        var reverseLookup: (@Sendable (IPAddress) async -> ReverseName)?
    }

    /// Starts everything; the ports are open and the log has its history when it returns.
    /// - Throws: `LabFailure` for a port or a folder that cannot be had, `TLSFailure` when no certificate can be made.
    public static func start(_ options: LabOptions = LabOptions()) async throws -> Lab {
        try await start(options, Seams())
    }

    static func start(_ options: LabOptions, _ seams: Seams) async throws -> Lab {
        let place = try LabFolder()
        do {
            return try await Lab(options, seams, place)
        } catch {
            place.remove(["ca.pem", "anchor.ds", "mail.log"].map { "\(place.path)/\($0)" })
            throw error
        }
    }

    private init(_ options: LabOptions, _ seams: Seams, _ place: LabFolder) async throws {
        let authority = try CertificateAuthority(commonName: "Porthole lab CA")
        let tls = try OpenSSLServerContext(options.certificate.leaf, signedBy: authority, asksForCertificate: true)
        let counters = LabCounters(firstMID: options.firstMID)
        self.place = place
        folder = place.path
        caPath = try place.write(authority.pem, to: "ca.pem")
        trustAnchor = LabZones.story().trustAnchor ?? ""
        anchorPath = try place.write(trustAnchor, to: "anchor.ds")
        logPath = "\(place.path)/mail.log"
        let log = try LabLog(path: logPath, counters: counters, now: seams.now, observe: seams.logged)
        stories = StoryTeller(log, pause: seams.pause)
        var teller = BackgroundTeller(
            log, counters, stories, seed: options.seed, rate: options.linesPerSecond)
        teller.writeHistory(options.historyLines, until: seams.now())
        if options.behaviour.isHostile {
            log.write("Custom Log Entry: \(String(decoding: ReplyWriter.hostileEnding, as: UTF8.self))")
        }
        let sessions = SessionTeller(log: log, interface: "192.0.2.25", nextHop: "10.9.0.1", stories: stories)
        let isSilent = options.reverseTimeout > .zero
        names = try await Self.startNames(options, digest: tls.keyDigest, isSilent: isSilent)
        nameServer = names.endpoint
        let lookup = ReverseLookup(server: nameServer, timeout: isSilent ? options.reverseTimeout : .seconds(1))
        let core = GatewayCore(
            options.behaviour, tls: tls,
            reverseLookup: seams.reverseLookup ?? { await lookup.name(of: $0) },
            nextICID: { counters.next(.icid) }, nextMID: { counters.nextSessionMID() }, now: seams.now,
            tell: { sessions.tell($0, icid: $1) })
        do {
            server = try await LabGateway.start(core, port: options.port, smtpsPort: options.smtpsPort)
        } catch {
            await names.stop()
            throw error
        }
        do {
            web = options.holdsMuseum ? try await LabWebServer.start(PolicyExhibit.all, signedBy: authority) : nil
        } catch {
            await server.stop()
            await names.stop()
            throw error
        }
        https = web?.endpoint
        let museum = options.holdsMuseum ? LabZones.museum().exhibits + LabZones.signedMuseum().exhibits : []
        exhibits = museum.map(\.description)
        (gateway, smtps) = (server.plain, server.smtps)
        let running = teller
        background = Task {
            var teller = running
            await teller.run(pause: seams.pause)
        }
    }

    private static func startNames(
        _ options: LabOptions, digest: [UInt8], isSilent: Bool
    ) async throws -> LabNameServer {
        let port = options.nameServerPort
        let silent = [IPAddress(v4: 127, 0, 0, 9)] + (isSilent ? [IPAddress.loopback] : [])
        do {
            let zones = LabZones.lab(
                gateway: LabGateway.first, backup: LabGateway.second, silent: silent, digest: digest,
                holdsMuseum: options.holdsMuseum)
            return try await LabNameServer.start(zones: zones, port: port)
        } catch {
            throw LabFailure.listening("name server", port, error)
        }
    }

    /// Closes all connections and removes the folder.
    public func stop() async {
        background.cancel()
        await server.stop()
        await names.stop()
        await web?.stop()
        await stories.stop()
        await background.value
        place.remove([caPath, anchorPath, logPath])
    }
}

extension LabOptions.Certificate {
    fileprivate var leaf: LeafCertificate {
        let hosts = ["mx1.example.test", "mx2.example.test", "localhost"]
        let addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.5"]
        return switch self {
        case .valid: LeafCertificate(commonName: "mx1.example.test", hosts: hosts, addresses: addresses)
        case .expired:
            LeafCertificate(
                commonName: "mx1.example.test", hosts: hosts, addresses: addresses, fromDay: -90, toDay: -3)
        case .wrongName: LeafCertificate(commonName: "mail.other.test", hosts: ["mail.other.test"])
        }
    }
}
