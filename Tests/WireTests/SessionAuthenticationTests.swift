import Lab
import MailVocabulary
import TLS
import Testing

@testable import SMTP
@testable import Wire

@Suite("AUTH over sockets", .timeLimit(.minutes(5)))
struct SessionAuthenticationTests {
    @Test(
        "every mechanism is accepted by a server that checks it, and no secret is in a file or an event",
        arguments: SASLMechanism.allCases.filter { $0 != .external }, [true, false])
    func succeeds(mechanism: SASLMechanism, sendsInitialResponse: Bool) async throws {
        let lab = try await Self.lab()
        let folder = try SessionTestFolder()
        var plan = Self.plan(lab)
        plan.authentication = AuthenticationPlan(
            mechanism: mechanism, user: "probe", sendsInitialResponse: sendsInitialResponse)
        let isToken = mechanism == .xoauth2 || mechanism == .oauthBearer
        let secret = isToken ? Self.token : Self.password
        let record = await Self.driver(lab, folder).run(plan, secret: Secret(Array(secret.utf8)))
        await lab.stop()
        #expect(record.authenticatedWith == mechanism.rawValue)
        #expect(record.progress.isPlanDone)
        #expect(record.closed == .quit)
        let text = TranscriptText.text(of: record.events) + "\(record)"
        #expect(!text.contains(secret))
        #expect(!text.contains(String(decoding: Base64.encode(Array(secret.utf8)), as: UTF8.self)))
    }

    @Test(
        "a wrong secret is refused, whatever the mechanism, and MAIL is not said",
        arguments: SASLMechanism.allCases.filter { $0 != .external })
    func fails(mechanism: SASLMechanism) async throws {
        let lab = try await Self.lab()
        var plan = Self.plan(lab)
        plan.authentication = AuthenticationPlan(mechanism: mechanism, user: "probe")
        let record = await Self.driver(lab).run(plan, secret: Secret(Array("not the one".utf8)))
        await lab.stop()
        #expect(record.progress.authentication == .refused(535))
        #expect(record.progress.sender == .untried)
        #expect(record.closed == .quit)
    }

    @Test("a server that cannot sign for SCRAM is not believed", arguments: [SASLMechanism.scramSHA1, .scramSHA256])
    func distrusts(mechanism: SASLMechanism) async throws {
        let lab = try await Self.lab { $0.forgesServerSignature = true }
        var plan = Self.plan(lab)
        plan.authentication = AuthenticationPlan(mechanism: mechanism, user: "probe")
        let record = await Self.driver(lab).run(plan, secret: Secret(Array(Self.password.utf8)))
        await lab.stop()
        let notes = record.events.compactMap { if case .note(let words) = $0.fact { words } else { nil } }
        #expect(
            notes.contains("AUTH is given up: the server's signature is wrong: it does not know the password"))
        #expect(record.progress.sender == .untried)
    }

    @Test("SCRAM says what the RFCs' examples say", arguments: [0, 1])
    func matchesExamples(index: Int) throws {
        let sample = Self.samples[index]
        let credentials = Credentials(
            secret: Secret(Array("pencil".utf8)), nonce: sample.nonce, functions: .openSSL)
        var exchange = try SCRAMExchange(
            sample.digest, plan: AuthenticationPlan(user: "user"), credentials: credentials)
        #expect(exchange.first == Array("n,,n=user,r=\(sample.nonce)".utf8))
        let final = try exchange.answer(Array(sample.challenge.utf8))
        #expect(String(decoding: final, as: UTF8.self).hasSuffix(",p=\(sample.proof)"))
        #expect(!exchange.isServerProven)
        #expect(try exchange.answer(Array("v=\(sample.signature)".utf8)) == [])
        #expect(exchange.isServerProven)
    }

    @Test(
        "a SCRAM server that changes our nonce, forgets the salt or wants too many rounds is left",
        arguments: [
            "r=other,s=QSXCR+Q6sek8bf92,i=4096", "r=nonce,s=QSXCR+Q6sek8bf92,i=4096", "r=nonceX,i=4096",
            "r=nonceX,s=QSXCR+Q6sek8bf92,i=0", "r=nonceX,s=QSXCR+Q6sek8bf92,i=2000000000",
            "m=x,r=nonceX,s=QSXCR+Q6sek8bf92,i=4096", "",
        ])
    func leaves(challenge: String) throws {
        let credentials = Credentials(secret: Secret([0x61]), nonce: "nonce", functions: .openSSL)
        var exchange = try SCRAMExchange(.sha256, plan: AuthenticationPlan(user: "user"), credentials: credentials)
        #expect(throws: SASLExchange.Fault.self) { try exchange.answer(Array(challenge.utf8)) }
    }

    @Test("CRAM-MD5 says what RFC 2195's example says")
    func matchesCRAM() throws {
        let credentials = Credentials(
            secret: Secret(Array("tanstaaftanstaaf".utf8)), nonce: "", functions: .openSSL)
        var exchange = try SASLExchange(
            .cramMD5, plan: AuthenticationPlan(user: "tim"), credentials: credentials, host: "mx", port: 25)
        let answer = try exchange.answer(Array("<1896.697170952@postoffice.reston.mci.net>".utf8))
        #expect(String(decoding: answer, as: UTF8.self) == "tim b913a602c7eda7a495b4e6e7334d3890")
    }

    @Test("random challenges never trap a mechanism", arguments: SASLMechanism.allCases)
    func survives(mechanism: SASLMechanism) throws {
        let credentials = Credentials(secret: Secret([0x61, 0x62]), nonce: "n", functions: .openSSL)
        for seed in 0..<200 as Range<UInt64> {
            var random = SystemRandomNumberGenerator()
            var exchange = try SASLExchange(
                mechanism, plan: AuthenticationPlan(user: "u"), credentials: credentials, host: "mx", port: 25)
            for _ in 0..<3 {
                let bytes = (0..<Int(seed % 40)).map { _ in UInt8.random(in: 0...255, using: &random) }
                _ = try? exchange.answer(bytes)
            }
        }
    }

    @Test("a certificate that is pinned, or verified when it must be, lets the session go on; another ends it")
    func holdsToCertificate() async throws {
        let lab = try await Self.lab()
        var plan = Self.plan(lab)
        plan.security.mustVerify = true
        let verified = await Self.driver(lab).run(plan)
        #expect(verified.progress.isPlanDone)
        let fingerprint = try #require(verified.tls?.chain.first?.fingerprint)
        plan.security.expectedName = "other.example.test"
        let misnamed = await Self.driver(lab).run(plan)
        #expect(misnamed.closed?.words.contains("not verified") == true)
        plan.security.pins = [fingerprint]
        let pinned = await Self.driver(lab).run(plan)
        #expect(pinned.progress.isPlanDone && pinned.progress.isVerified)
        plan.security.pins = [String(repeating: "0", count: 64)]
        let other = await Self.driver(lab).run(plan)
        #expect(other.closed?.words.contains("not the pinned one") == true)
        await lab.stop()
    }

    @Test("versions and ciphers are what was demanded, and what cannot be is said before anything is sent")
    func demandsVersions() async throws {
        let lab = try await Self.lab()
        var plan = Self.plan(lab)
        (plan.security.minimum, plan.security.maximum) = (.tls12, .tls12)
        plan.security.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"
        let record = await Self.driver(lab).run(plan)
        #expect(record.tls?.version == "TLSv1.2")
        #expect(record.tls?.cipher == "ECDHE-ECDSA-AES128-GCM-SHA256")
        plan.security.ciphers = "NONSENSE"
        #expect(Self.driver(lab).fault(in: plan.security) == "ciphers NONSENSE: no cipher match")
        plan.security.ciphers = nil
        plan.security.certificateFile = "/nonexistent.pem"
        #expect(Self.driver(lab).fault(in: plan.security)?.contains("/nonexistent.pem") == true)
        await lab.stop()
    }

    @Test("the connection comes from the address that was asked for, and no other family is tried")
    func demandsSource() async throws {
        let lab = try await Self.lab()
        var plan = Self.plan(lab)
        (plan.stopAfter, plan.connection.source) = (.connect, IPAddress(v4: 127, 0, 0, 7))
        let record = await Self.driver(lab).run(plan)
        #expect(record.local?.address == IPAddress(v4: 127, 0, 0, 7))
        #expect(record.progress.isPlanDone)
        plan.connection = ConnectionDemands()
        plan.connection.family = .v6
        let none = await Self.driver(lab).run(plan)
        #expect(none.closed == .notResolved("the name has no address of the family that was asked for"))
        await lab.stop()
    }

    // MARK: scaffolding

    private static let password = "correct horse battery"
    private static let token = "ya29.token-of-the-lab"

    private static let samples = [
        (
            digest: SASLFunctions.Digest.sha1, nonce: "fyko+d2lbbFgONRv9qkxdawL",
            challenge: "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            proof: "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", signature: "rmF9pqV8S7suAoZWja4dJRkFsKQ="
        ),
        (
            digest: .sha256, nonce: "rOprNGfwEbeRWgbNEkqO",
            challenge: "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            proof: "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            signature: "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        ),
    ]

    private static func lab(_ change: (inout LabBehaviour) -> Void = { _ in }) async throws -> Lab {
        var options = LabOptions()
        (options.linesPerSecond, options.historyLines, options.reverseTimeout) = (0, 0, .zero)
        (options.behaviour.password, options.behaviour.token) = (password, token)
        change(&options.behaviour)
        return try await Lab.start(options)
    }

    private static func driver(_ lab: Lab, _ folder: SessionTestFolder? = nil) -> SessionDriver {
        let address = lab.gateway.address
        return SessionDriver(
            resolve: { Resolution(candidates: [.init(host: $0.name, addresses: [address])]) },
            trustFile: lab.caPath, journalFolder: folder?.path)
    }

    private static func plan(_ lab: Lab) -> SessionPlan {
        SessionPlan(
            target: SessionTarget(.host("mx1.example.test"), port: lab.gateway.port), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")])
    }
}
