import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Proxies of our own side")
struct ProxyTests {
    @Test("a SOCKS 5 proxy is asked by name or by address, and what follows its answer is the server's")
    func asksSOCKS() throws {
        var named = ProxyNegotiation(.init(.socks5h, host: "p", port: 1080), to: .name("mx.x.test"), port: 25)
        #expect(named.start() == .send([5, 1, 0]))
        #expect(named.received([5]) == .wait)
        #expect(named.received([0]) == .send([5, 1, 0, 3, 9] + Array("mx.x.test".utf8) + [0, 25]))
        #expect(named.received([5, 0, 0, 1, 127, 0, 0, 1, 0]) == .wait)
        #expect(named.received([80] + Array("220 mx\r\n".utf8)) == .open(rest: Array("220 mx\r\n".utf8)))
        let address = try #require(IPAddress("::1"))
        var v6 = ProxyNegotiation(.init(.socks5, host: "p", port: 1080), to: .address(address), port: 2525)
        _ = v6.start()
        #expect(v6.received([5, 0]) == .send([5, 1, 0, 4] + [UInt8](repeating: 0, count: 15) + [1, 9, 221]))
        #expect(v6.received([5, 0, 0, 3, 2, 65, 66, 0, 1]) == .open(rest: []))
    }

    @Test("user and password go to a SOCKS 5 proxy that asks for them, and its refusals are named")
    func provesToSOCKS() {
        let secret = Secret(Array("geheim".utf8))
        let proxy = ConnectionProxy(.socks5, host: "p", port: 1080, user: "me")
        var story = ProxyNegotiation(proxy, to: .address(.loopback), port: 25, secret: secret)
        #expect(story.start() == .send([5, 2, 0, 2]))
        #expect(story.received([5, 2]) == .send([1, 2] + Array("me".utf8) + [6] + Array("geheim".utf8)))
        #expect(story.received([1, 0]) == .send([5, 1, 0, 1, 127, 0, 0, 1, 0, 25]))
        #expect(story.received([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]) == .failed("the server refused the proxy's connection"))
        var wrong = ProxyNegotiation(proxy, to: .address(.loopback), port: 25, secret: secret)
        _ = wrong.start()
        _ = wrong.received([5, 2])
        #expect(wrong.received([1, 1]) == .failed("the proxy does not take the user or the password"))
        var nobody = ProxyNegotiation(.init(.socks5, host: "p", port: 1), to: .address(.loopback), port: 25)
        _ = nobody.start()
        #expect(nobody.received([5, 0xFF]) == .failed("the proxy wants to know who asks: give a user"))
    }

    @Test("an HTTP proxy is asked with CONNECT, and its answer is read to the empty line")
    func asksHTTP() {
        let secret = Secret(Array("geheim".utf8))
        let proxy = ConnectionProxy(.http, host: "p", port: 8080, user: "me")
        var story = ProxyNegotiation(proxy, to: .name("mx.x.test"), port: 25, secret: secret)
        let head =
            "CONNECT mx.x.test:25 HTTP/1.1\r\nHost: mx.x.test:25\r\n"
            + "Proxy-Authorization: Basic bWU6Z2VoZWlt\r\n\r\n"
        #expect(story.start() == .send(Array(head.utf8)))
        #expect(story.received(Array("HTTP/1.1 200 Connection established\r\nX: y\r\n".utf8)) == .wait)
        #expect(story.received(Array("\r\n220 mx\r\n".utf8)) == .open(rest: Array("220 mx\r\n".utf8)))
    }

    @Test(
        "what an HTTP proxy refuses, and what is none, is named",
        arguments: [
            ("HTTP/1.1 407 Who are you\r\n\r\n", "the proxy refused with 407 Who are you: it wants a user"),
            ("HTTP/1.0 403 Forbidden\r\n\r\n", "the proxy refused with 403 Forbidden"),
            ("220 mx ESMTP\r\n", "what answers there is no HTTP proxy: 220 mx ESMTP\\x0d\\x0a"),
            ("HTTP/1.1\r\n\r\n", "the proxy's answer has no status: HTTP/1.1"),
        ])
    func refusesHTTP(answer: String, words: String) {
        var story = ProxyNegotiation(.init(.http, host: "p", port: 8080), to: .name("mx.x.test"), port: 25)
        _ = story.start()
        #expect(story.received(Array(answer.utf8)) == .failed(words))
    }

    @Test("an answer in single bytes opens the way as one in one piece does")
    func takesEveryChunking() {
        for (kind, answer) in [
            (ConnectionProxy.Kind.http, Array("HTTP/1.1 200 OK\r\n\r\n".utf8)),
            (.socks5h, [5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
        ] {
            var story = ProxyNegotiation(.init(kind, host: "p", port: 1), to: .name("mx.x.test"), port: 25)
            _ = story.start()
            var last = ProxyNegotiation.Step.wait
            for byte in answer { last = story.received([byte]) }
            #expect(last == .open(rest: []))
        }
    }

    @Test("random bytes never trap it, and a proxy that goes on and on is left", arguments: 0..<100)
    func survives(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        for kind in ConnectionProxy.Kind.allCases {
            var story = ProxyNegotiation(.init(kind, host: "p", port: 1, user: "u"), to: .name("x.test"), port: 25)
            _ = story.start()
            for _ in 0..<20 { _ = story.received(random.bytes(30)) }
        }
        var endless = ProxyNegotiation(.init(.http, host: "p", port: 1), to: .name("x.test"), port: 25)
        _ = endless.start()
        _ = endless.received(Array("HTTP/1.1 200 OK\r\n".utf8))
        guard case .failed = endless.received([UInt8](repeating: 65, count: 70_000)) else {
            Issue.record("the end is named")
            return
        }
    }

    @Test(
        "a proxy is read as it is written",
        arguments: [
            ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"), ("socks5h://p.test", "socks5h://p.test:1080"),
            ("http://p.test", "http://p.test:8080"), ("http://me@p.test:3128/", "http://me@p.test:3128"),
            ("socks5://[::1]:1081", "socks5://[::1]:1081"), ("SOCKS5://[::1]", "socks5://[::1]:1080"),
        ])
    func parses(text: String, canonical: String) throws {
        let proxy = try ConnectionProxy(parsing: text)
        #expect(proxy.description == canonical)
        #expect(try ConnectionProxy(parsing: canonical) == proxy)
    }

    @Test(
        "what is no proxy is refused in a sentence, and a password in it too",
        arguments: ["", "p.test", "ftp://p.test", "socks5://", "http://me:geheim@p.test", "socks5://p.test:0"])
    func refuses(text: String) {
        #expect(throws: TargetFault.self) { try ConnectionProxy(parsing: text) }
    }
}
