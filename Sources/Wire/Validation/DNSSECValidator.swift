import DNS
import Dispatch
import MailVocabulary
import Synchronization

/// Judges by DNSSEC what a question leads to, RFC 4035 §5. It asks by itself through the resolver, with caches and patience of its
/// own: only its verdict is used, never its answer.
public final class DNSSECValidator: Sendable {
    /// The usual time for one verdict at most: a cold chain from the root takes some ten questions, one after another.
    public static let usualLimit: Duration = .seconds(8)

    private let limit: Duration
    private let handle: JudgeHandle
    private let queue = DispatchQueue(label: "validator", qos: .userInitiated)
    private let source = Mutex<ReadSource?>(nil)
    private let waiting = Mutex<Waiting>(Waiting())

    private struct Waiting {
        var next: Int32 = 1
        var askers: [Int32: CheckedContinuation<DNSSECVerdict, Never>] = [:]
    }

    /// - Parameter limit: The longest time for one verdict, in whole seconds.
    /// - Throws: `TrustAnchors.Fault`, when the anchors cannot be used.
    public init(
        through server: Endpoint, trusting anchors: TrustAnchors, limit: Duration = usualLimit
    ) throws(TrustAnchors.Fault) {
        self.limit = limit
        guard let handle = JudgeHandle(through: server) else {
            throw TrustAnchors.Fault(
                description: JudgeHandle.missing ?? "no memory or no thread is left for the validator")
        }
        if let objection = handle.trust(anchors) {
            throw TrustAnchors.Fault(description: "the trust anchors cannot be used: \(objection)")
        }
        self.handle = handle
        let watch = ReadSource(handle.descriptor, on: queue, of: handle) { [weak self] in
            guard let self else { return }
            for (tag, verdict) in self.handle.verdicts() { self.decide(tag, verdict) }
        }
        source.withLock { $0 = watch }
    }

    /// The verdict; `.unknown` when it takes longer than `limit`, or the task is cancelled.
    public func judge(_ question: DNSQuestion) async -> DNSSECVerdict {
        let tag = waiting.withLock { waiting in
            waiting.next &+= 1
            return waiting.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0.askers[tag] = continuation }
                queue.async { self.begin(question, tag) }
            }
        } onCancel: {
            queue.async { self.giveUp(tag) }
        }
    }

    private func begin(_ question: DNSQuestion, _ tag: Int32) {
        if let objection = handle.begin(question, tag: tag) { return decide(tag, .unknown(.failed(objection))) }
        let milliseconds = Int(limit.components.seconds) * 1000
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in self?.giveUp(tag) }
    }

    private func giveUp(_ tag: Int32) {
        guard waiting.withLock({ $0.askers[tag] != nil }) else { return }
        handle.forget(tag)
        decide(tag, .unknown(.late))
    }

    private func decide(_ tag: Int32, _ verdict: DNSSECVerdict) {
        waiting.withLock { $0.askers.removeValue(forKey: tag) }?.resume(returning: verdict)
    }
}
