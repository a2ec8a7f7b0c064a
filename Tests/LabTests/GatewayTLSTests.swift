import SMTP
import TLS
import Testing

@testable import Lab

@Suite("TLS of the gateway", .timeLimit(.minutes(1)))
struct GatewayTLSTests {
    /// What the handshake shows after EHLO and STARTTLS.
    private func facts(
        _ certificate: LabOptions.Certificate, host: String = "mx1.example.test", trusting: Bool = true
    ) async throws -> TLSFacts? {
        let test = try await LabUnderTest.start(certificate: certificate)
        var settings = TLSSettings()
        settings.trustFile = trusting ? test.lab.caPath : nil
        let client = try await test.client()
        #expect(try await client.say("STARTTLS") == "220 Go ahead with TLS")
        let facts = try await client.startTLS(try OpenSSLContext(settings), host: host)
        #expect(try await client.say("EHLO again.example")?.contains("250 AUTH PLAIN LOGIN") == true)
        #expect(try await client.say("QUIT") == "221 mx1.example.test")
        #expect(await client.reply() == nil)
        let line = await test.logged("TLS success")
        #expect(line.hasSuffix("ICID 880113 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384"))
        await test.lab.stop()
        return facts
    }

    @Test("is verified by a client that trusts the lab's authority")
    func verified() async throws {
        let facts = try #require(try await facts(.valid))
        #expect(facts.isVerified)
        #expect(facts.version == "TLSv1.3")
        #expect(facts.cipher == "TLS_AES_256_GCM_SHA384" && facts.cipherBits == 256)
        #expect(facts.group == "X25519")
        #expect(facts.signature == "ECDSA SHA256")
        #expect(facts.chain.count == 2)
        let leaf = try #require(facts.chain.first)
        #expect(leaf.subject == "CN=mx1.example.test")
        #expect(leaf.issuer == "CN=Porthole lab CA")
        #expect(
            leaf.names == ["mx1.example.test", "mx2.example.test", "localhost", "127.0.0.1", "127.0.0.2", "127.0.0.5"])
        #expect(leaf.daysLeft == 61)
        #expect(leaf.keyBits == 256)
        #expect(leaf.fingerprint.count == 64)
        #expect(leaf.notBefore.count == 20 && leaf.notBefore < leaf.notAfter)
    }

    @Test("is told to have a self-signed authority by a client that does not trust it")
    func selfSigned() async throws {
        let facts = try #require(try await facts(.valid, trusting: false))
        #expect(!facts.isVerified)
        #expect(facts.objections.map(\.code) == [19])
        #expect(facts.objections.first?.text == "self-signed certificate in certificate chain")
    }

    @Test("goes on with an expired certificate, and the facts say so")
    func expired() async throws {
        let facts = try #require(try await facts(.expired))
        #expect(facts.objections == [.init(depth: 0, code: 10, text: "certificate has expired")])
        #expect(facts.chain.first?.daysLeft == -3)
    }

    @Test("goes on with another host's certificate, and the facts say so")
    func wrongName() async throws {
        let facts = try #require(try await facts(.wrongName))
        #expect(facts.objections.map(\.code) == [62])
    }

    @Test("speaks under TLS from the first byte on the other port, and takes AUTH there")
    func implicit() async throws {
        let test = try await LabUnderTest.start()
        var settings = TLSSettings()
        settings.trustFile = test.lab.caPath
        let client = try await LabClient.connect(
            to: test.lab.smtps, tls: try OpenSSLContext(settings), host: "localhost")
        #expect(await client.tlsFacts()?.isVerified == true)
        #expect(await client.reply() == "220 mx1.example.test ESMTP")
        #expect(try await client.say("EHLO client.example")?.contains("STARTTLS") == false)
        #expect(try await client.say("AUTH LOGIN") == "334 VXNlcm5hbWU6")
        #expect(try await client.say("cHJvYmU=") == "334 UGFzc3dvcmQ6")
        #expect(try await client.say("d3Jvbmc=") == "535 #5.7.8 Authentication failed")
        #expect(try await client.say("AUTH PLAIN AHByb2JlAGxhYg==") == "235 #2.0.0 OK Authenticated")
        #expect(try await client.say("AUTH PLAIN AHByb2JlAGxhYg==") == "503 #5.5.0 Already authenticated")
        #expect(try await client.say("MAIL FROM:<a@b.example>") == "250 sender <a@b.example> ok")
        #expect(try await client.say("RCPT TO:<user@other.test>") == "250 recipient <user@other.test> ok")
        try await client.close()
        await test.logged("ICID 880113 close")
        #expect(
            test.story.contains(
                "SMTP Auth: (ICID 880113) failed for user: probe using AUTH mechanism: LOGIN with profile: lab_users"))
        #expect(
            test.story.contains(
                "SMTP Auth: (ICID 880113) succeeded for user: probe using AUTH mechanism: PLAIN with profile: lab_users"
            ))
        await test.lab.stop()
    }

    @Test("forgets what was sent behind STARTTLS")
    func injection() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        #expect(try await client.say("STARTTLS\r\nNOOP") == "220 Go ahead with TLS")
        #expect(try await client.startTLS(try OpenSSLContext(TLSSettings()), host: "localhost") != nil)
        #expect(try await client.say("HELO x") == "250 mx1.example.test")
        await test.lab.stop()
    }

    @Test("logs plain text where a handshake is due as a failed TLS")
    func plainText() async throws {
        let test = try await LabUnderTest.start()
        let client = try await test.client()
        _ = try await client.say("STARTTLS")
        try await client.send("NOOP this is not TLS\r\n")
        #expect(await test.logged("TLS failed").contains("ICID 880113 TLS failed: "))
        await test.lab.stop()
    }

    @Test("is not there where a server speaks in plain text, and the failure keeps what came instead")
    func plainServer() async throws {
        let test = try await LabUnderTest.start()
        let client = try await LabClient.connect(
            to: test.lab.gateway, tls: try OpenSSLContext(TLSSettings()), host: "localhost")
        let failure = await client.tlsFailure()
        #expect(failure?.stage == .handshake && failure?.reason == "wrong version number")
        #expect(failure?.firstBytes.starts(with: Array("220 mx1.example.test ESMTP".utf8)) == true)
        await test.lab.stop()
    }

    @Test("cannot be asked for with a cipher list or a trust file that is none")
    func settings() {
        var ciphers = TLSSettings()
        ciphers.ciphers = "NO-SUCH-CIPHER"
        var trust = TLSSettings()
        trust.trustFile = "/nonexistent/ca.pem"
        for (settings, words) in [
            (ciphers, "ciphers NO-SUCH-CIPHER: no cipher match"), (trust, "trust file /nonexistent"),
        ] {
            let failure = #expect(throws: TLSFailure.self) { try OpenSSLContext(settings) }
            #expect(failure?.stage == .settings && failure?.reason.hasPrefix(words) == true, "\(failure?.reason ?? "")")
        }
    }
}
