import MailVocabulary
import NIOCore
import Synchronization
import TLS

/// What all connections of one gateway share.
final class GatewayCore: Sendable {
    let behaviour: LabBehaviour
    let tls: OpenSSLServerContext
    let reverseLookup: @Sendable (IPAddress) async -> ReverseName
    let nextICID: @Sendable () -> Int
    let tell: @Sendable (GatewayEvent, Int) -> Void
    private let nextMID: @Sendable () -> Int
    private let now: @Sendable () -> LabTime
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
    /// When each client first came with each greylisted recipient.
    private let greylist = Mutex<[String: ContinuousClock.Instant]>([:])

    init(
        _ behaviour: LabBehaviour, tls: OpenSSLServerContext,
        reverseLookup: @escaping @Sendable (IPAddress) async -> ReverseName,
        nextICID: @escaping @Sendable () -> Int, nextMID: @escaping @Sendable () -> Int,
        now: @escaping @Sendable () -> LabTime, tell: @escaping @Sendable (GatewayEvent, Int) -> Void
    ) {
        (self.behaviour, self.tls, self.reverseLookup) = (behaviour, tls, reverseLookup)
        (self.nextICID, self.nextMID, self.now, self.tell) = (nextICID, nextMID, now, tell)
    }

    var surroundings: GatewayConversation.Surroundings {
        .init(
            nextMID: nextMID,
            isGreylisted: { client, recipient in self.isGreylisted(client, recipient) },
            date: { self.now().headerDate })
    }

    private func isGreylisted(_ client: IPAddress, _ recipient: String) -> Bool {
        let present = ContinuousClock.now
        return greylist.withLock { known in
            guard let first = known["\(client) \(recipient.lowercased())"] else {
                known["\(client) \(recipient.lowercased())"] = present
                return true
            }
            return first.duration(to: present) < behaviour.greylistWait
        }
    }

    // MARK: connections

    /// - Returns: true when there are more connections now than the gateway wants.
    func opened(_ channel: any Channel) -> Bool {
        channels.withLock {
            $0[ObjectIdentifier(channel)] = channel
            return $0.count > behaviour.maximumConnections
        }
    }

    func closed(_ channel: any Channel) {
        channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    func closeAll() async {
        for channel in channels.withLock({ Array($0.values) }) {
            try? await channel.close()
        }
    }
}
