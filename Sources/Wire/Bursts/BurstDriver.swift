import NIOCore
import NIOPosix
import SMTP
import TLS

/// Sends bursts over real sockets: each connection is begun by the session engine, and speaks on from MAIL by `BurstTransaction`.
public struct BurstDriver: Sendable {
    /// One thread: a burst waits for the server, and two threads would only wait for each other.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let resolution: Resolution
    private let tls: SharedTLSContext

    /// - Parameters:
    ///   - resolution: What the target's name has become. It is not looked up again.
    ///   - trustFile: A PEM file of trusted roots in place of the system's.
    public init(_ resolution: Resolution, trustFile: String?) {
        self.resolution = resolution
        tls = SharedTLSContext(trustFile: trustFile)
    }

    /// Begins a burst.
    ///
    /// - Parameter secret: What the plan's AUTH needs.
    /// - Throws: `CommandFault` when the message cannot be written.
    public func start(_ burst: BurstPlan, secret: Secret? = nil) throws(CommandFault) -> LiveBurst {
        // What cannot be written for any server is said before one is spoken to.
        _ = try BurstMessage(burst)
        let loop = Self.group.next()
        let (progress, continuation) = AsyncStream.makeStream(
            of: BurstStatistics.self, bufferingPolicy: .bufferingNewest(1))
        let box = NIOLoopBoundBox.makeEmptyBox(valueType: BurstConductor.self, eventLoop: loop)
        let (resolution, tls) = (resolution, tls)
        loop.execute {
            let conductor = BurstConductor(
                burst, credentials: secret.flatMap { try? Credentials($0) },
                resolution: resolution, loop: loop, tls: tls
            ) { statistics, isLast in
                continuation.yield(statistics)
                if isLast { continuation.finish() }
            }
            box.value = conductor
            conductor.start()
        }
        let end: @Sendable (Bool) -> Void = { isAbrupt in
            loop.execute { if isAbrupt { box.value?.drop() } else { box.value?.stop() } }
        }
        continuation.onTermination = { why in
            if case .cancelled = why { end(true) }
        }
        return LiveBurst(progress: progress, end: end)
    }
}
