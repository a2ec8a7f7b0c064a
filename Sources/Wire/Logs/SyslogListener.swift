import Glibc
import MailLog

/// Receives syslog over UDP (RFC 5426) and TCP (RFC 6587) on one port, from several hosts at once.
struct SyslogListener: Sendable {
    let address: String
    let port: UInt16

    /// More senders than these at the same time are turned away, and that is said.
    private static let mostConnections = 256
    /// A few megabytes of room, so that a burst of datagrams waits in the kernel and is not dropped there.
    private static let receiveBuffer: Int32 = 8 << 20

    private struct Sender {
        var name: String
        var framing = SyslogFraming()
    }

    func events() -> AsyncStream<LogSourceEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LogSourceEvent.self, bufferingPolicy: .bufferingOldest(64))
        let stop = StopPipe()
        continuation.onTermination = { _ in stop.stop() }
        let listener = self
        BlockingThread.run {
            var feeder = LineFeeder(continuation)
            listener.run(stop, &feeder)
            continuation.finish()
        }
        return stream
    }

    private func run(_ stop: StopPipe, _ feeder: inout LineFeeder) {
        guard let sockets = open() else {
            feeder.post(
                .trouble(
                    "cannot listen on \(address) port \(port): \(FileRefusal.words(errno)); "
                        + "take a free port above 1023 and an address of this machine"))
            return
        }
        defer { for socket in [sockets.datagrams, sockets.stream] { close(socket) } }
        let name = address.contains(":") ? "[\(address)]" : address
        feeder.post(.opened(name: "syslog://\(name):\(sockets.port)", size: 0))
        feeder.post(.caughtUp)
        var senders: [Int32: Sender] = [:]
        defer { for descriptor in senders.keys { close(descriptor) } }
        while !feeder.isStopped {
            let open = senders.keys.sorted()
            guard let ready = stop.wait(for: [sockets.datagrams, sockets.stream] + open) else { return }
            if ready[0] { receive(sockets.datagrams, &feeder) }
            if ready[1] { accept(sockets.stream, &senders, &feeder) }
            for (descriptor, isReady) in zip(open, ready.dropFirst(2)) where isReady {
                read(descriptor, &senders, &feeder)
            }
        }
    }

    /// The same port for both: of a port that is not named, the one that the kernel gives for datagrams.
    private func open() -> (datagrams: Int32, stream: Int32, port: UInt16)? {
        for _ in 0..<16 {
            guard let datagrams = socket(SOCK_DGRAM, port) else { return nil }
            guard let got = PeerAddress.port(of: datagrams) else {
                close(datagrams)
                return nil
            }
            if let stream = socket(SOCK_STREAM, got), listen(stream, 64) == 0 { return (datagrams, stream, got) }
            let code = errno
            close(datagrams)
            errno = code
            // A port of our own choice may be taken on the other side; a port that was asked for may not.
            if port != 0 { return nil }
        }
        return nil
    }

    private func socket(_ kind: __socket_type, _ port: UInt16) -> Int32? {
        guard let place = PeerAddress(address, port) else { return nil }
        let descriptor = Glibc.socket(place.family, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var (yes, room) = (Int32(1), Self.receiveBuffer)
        let size = socklen_t(MemoryLayout<Int32>.size)
        if kind == SOCK_STREAM {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        } else {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, size)
        }
        guard place.bind(descriptor) else {
            let code = errno
            close(descriptor)
            errno = code
            return nil
        }
        return descriptor
    }

    /// All datagrams that are there, up to a batch.
    private func receive(_ descriptor: Int32, _ feeder: inout LineFeeder) {
        var lines: [[UInt8]] = []
        while lines.count < 2000, let (bytes, sender) = PeerAddress.receive(descriptor) {
            lines += SyslogMessage.lines(bytes, from: sender)
        }
        feeder.post(lines)
    }

    private func accept(_ descriptor: Int32, _ senders: inout [Int32: Sender], _ feeder: inout LineFeeder) {
        while let (accepted, name) = PeerAddress.accept(descriptor) {
            guard senders.count < Self.mostConnections else {
                close(accepted)
                feeder.post(.gap("turned \(name) away: \(Self.mostConnections) hosts are connected already"))
                continue
            }
            senders[accepted] = Sender(name: name)
        }
    }

    private func read(_ descriptor: Int32, _ senders: inout [Int32: Sender], _ feeder: inout LineFeeder) {
        guard var sender = senders[descriptor] else { return }
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            (filled, code) = (max(0, got), got < 0 ? errno : 0)
        }
        if bytes.isEmpty, code == EAGAIN || code == EINTR { return }
        let cut = sender.framing.cutCount
        var messages = sender.framing.messages(bytes)
        if bytes.isEmpty {
            if let last = sender.framing.finish() { messages.append(last) }
            close(descriptor)
            senders[descriptor] = nil
        } else {
            senders[descriptor] = sender
        }
        feeder.post(messages.flatMap { SyslogMessage.lines($0, from: sender.name) })
        if sender.framing.cutCount > cut {
            feeder.post(
                .gap("a message from \(sender.name) was longer than \(SyslogFraming.cap) bytes and was cut"))
        }
    }
}
