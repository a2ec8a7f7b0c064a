import DNS
import Glibc
import MailVocabulary
import NIOCore

/// What a `NameExchange` knows, on its event loop.
final class ExchangeState {
    private let question: DNSQuestion
    private let server: Endpoint
    private let limit: TimeAmount
    private let attemptLimit: Int
    private let recursion: Bool
    private let cookies: CookieJar
    private let pauses: ArraySlice<TimeAmount>
    private let loop: any EventLoop
    private let promise: EventLoopPromise<ExchangeResult>

    private var started = NIODeadline.now()
    private var attempts = 0
    private var ignored = 0
    private var transport = DNSAnswer.Transport.udp
    private var usesEDNS = true
    private var isFinished = false
    private var channels: [any Channel] = []
    private var sockets: [DatagramSocket] = []
    private var timer: Scheduled<Void>?
    private var repetition: Scheduled<Void>?
    /// Attempts whose limit has begun; each may be several datagrams.
    private var begun = 0
    /// The server wanted its cookie once: once more, and then TCP (RFC 7873 §5.3).
    private var hasRenewedCookie = false

    init(_ exchange: NameExchange, _ loop: any EventLoop, _ promise: EventLoopPromise<ExchangeResult>) {
        (question, server, limit) = (exchange.question, exchange.server, TimeAmount(exchange.limit))
        (attemptLimit, recursion, cookies) = (exchange.attempts, exchange.recursion, exchange.cookies)
        pauses = exchange.pauses.map { TimeAmount($0) }[...]
        (self.loop, self.promise) = (loop, promise)
    }

    func start() {
        guard !isFinished else { return }
        started = .now()
        attempt()
    }

    func cancel() { finish(.silent, isCancelled: true) }

    private func attempt() {
        guard !isFinished else { return }
        guard begun < attemptLimit else { return finish(.silent) }
        begun += 1
        attempts += 1
        // There are servers, and firewalls, that drop what has EDNS: the last attempt goes without, RFC 6891 §6.2.2.
        if begun > 1, begun == attemptLimit { usesEDNS = false }
        let this = NIOLoopBound(self, eventLoop: loop)
        timer?.cancel()
        repetition?.cancel()
        timer = loop.scheduleTask(in: limit) { this.value.attempt() }
        send()
        if begun == 1 { repeatLater(pauses, within: limit) }
    }

    /// The same again for a datagram that was lost; TCP loses none.
    private func repeatLater(_ pauses: ArraySlice<TimeAmount>, within left: TimeAmount) {
        guard let pause = pauses.first, pause < left, !isFinished else { return }
        let this = NIOLoopBound(self, eventLoop: loop)
        repetition = loop.scheduleTask(in: pause) {
            guard this.value.transport == .udp, !this.value.isFinished else { return }
            this.value.attempts += 1
            this.value.send()
            this.value.repeatLater(pauses.dropFirst(), within: left - pause)
        }
    }

    private func send() {
        let query = ExchangeQuery(
            question, usesEDNS: usesEDNS, recursion: recursion, cookie: cookies.cookie(for: server))
        switch transport {
        case .udp: sendDatagram(query)
        case .tcp: open(StreamExchange.open(query, to: server, on: loop, within: limit, reportingTo: self))
        }
    }

    private func sendDatagram(_ query: ExchangeQuery) {
        let this = NIOLoopBound(self, eventLoop: loop)
        do {
            let socket = try DatagramSocket(sending: query.bytes, to: server) { [loop] event in
                loop.execute {
                    switch event {
                    case .datagram(let bytes, let isFromServer):
                        if isFromServer, query.isAnswered(by: bytes) {
                            this.value.received(bytes, to: query, over: .udp)
                        } else {
                            this.value.ignoredStray()
                        }
                    case .failed(let code):
                        this.value.failed(SocketFault(code: code))
                    }
                }
            }
            sockets.append(socket)
        } catch {
            failed(error)
        }
    }

    private func open(_ future: EventLoopFuture<any Channel>) {
        let this = NIOLoopBound(self, eventLoop: loop)
        future.whenComplete { result in
            switch result {
            case .success(let channel):
                if this.value.isFinished { channel.close(promise: nil) } else { this.value.channels.append(channel) }
            case .failure(let error):
                this.value.failed(error)
            }
        }
    }

    /// A datagram or a message over TCP that is not an answer to this question.
    func ignoredStray() { ignored += 1 }

    /// The socket says that nobody is there, or cannot be used. A TCP connection that is not accepted in time is no such sign:
    /// the next attempt may be.
    func failed(_ error: any Error) {
        if case .connectTimeout(_)? = error as? ChannelError { return }
        finish(.unreachable(SocketFault.words(error, port: server.port)))
    }

    /// TCP was closed before a whole message had come.
    func closedEarly(announced: Int?, received: Int) {
        if let announced {
            finish(.malformed("its TCP length says \(announced) bytes, and \(received) came before it closed"))
        } else if received > 0 {
            finish(.malformed("it closed the TCP connection in the middle of a length"))
        } else {
            finish(.unreachable("it closed the TCP connection without an answer"))
        }
    }

    /// Bytes with our id from our server.
    func received(_ bytes: [UInt8], to query: ExchangeQuery, over: DNSAnswer.Transport) {
        guard !isFinished else { return }
        do {
            let message = try MessageDecoder.message(bytes)
            if query.isForeign(message) { return ignoredStray() }
            if let cookie = message.cookie { cookies.keep(cookie, for: server) }
            if message.rcode == 23, over == .udp, message.cookie != nil {
                if hasRenewedCookie { transport = .tcp }
                hasRenewedCookie = true
                attempts += 1
                return send()
            }
            if message.isTruncated, over == .udp {
                guard transport == .udp else { return }
                transport = .tcp
                return send()
            }
            // FORMERR, NOTIMP or BADVERS from a server that does not understand EDNS, RFC 6891 §7: once more without.
            if query.usesEDNS, [1, 4, 16].contains(message.rcode) {
                // That has happened already, for an earlier datagram of the same kind.
                guard usesEDNS else { return }
                usesEDNS = false
                attempts += 1
                return send()
            }
            let reading = AnswerReading(of: message, to: question)
            finish(reading.outcome, over, reading, bytes.count, usedEDNS: query.usesEDNS)
        } catch {
            finish(.malformed(error.description), over, nil, bytes.count)
        }
    }

    private func finish(
        _ outcome: DNSAnswer.Outcome, _ over: DNSAnswer.Transport? = nil, _ reading: AnswerReading? = nil,
        _ size: Int = 0, usedEDNS: Bool = true, isCancelled: Bool = false
    ) {
        guard !isFinished else { return }
        isFinished = true
        timer?.cancel()
        repetition?.cancel()
        for channel in channels { channel.close(promise: nil) }
        for socket in sockets { socket.close() }
        (channels, sockets) = ([], [])
        var answer = DNSAnswer(
            question, from: server, outcome, took: Duration(.now() - started), transport: over ?? transport,
            attempts: attempts, ignored: ignored, aliases: reading?.aliases ?? [])
        answer.size = size
        if let reading {
            (answer.flags, answer.serverID) = (reading.flags, reading.serverID)
            answer.isAuthoritative = reading.isAuthoritative
            answer.extendedErrors = reading.extendedErrors
            answer.isWithoutEDNS = !usedEDNS && reading.outcome.isSettled
            // RFC 4034 §3.1.5: serial arithmetic, good for 68 years to both sides.
            answer.signatureLeft = reading.signaturesEnd.map {
                Int(Int32(bitPattern: $0 &- UInt32(truncatingIfNeeded: time(nil))))
            }
        }
        promise.succeed(ExchangeResult(answer: answer, keep: reading?.keep ?? 0, isCancelled: isCancelled))
    }
}
