import CUnbound
import DNS
import MailVocabulary

/// libunbound behind Swift types.
///
/// Unchecked because a pointer is not `Sendable`; safe because `DNSSECValidator` calls everything but `deinit` on its own serial
/// queue, and the last reference goes only when nothing is called any more.
@safe final class JudgeHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// `nil` when libunbound is `missing`, has no memory or no thread.
    init?(through server: Endpoint) {
        guard let pointer = unsafe judge_new("\(server.address)@\(server.port)") else { return nil }
        unsafe self.pointer = pointer
    }

    /// Why there is no libunbound on this machine, in a sentence that names its package; `nil` when there is. Loads it.
    static var missing: String? {
        unsafe text(judge_missing()).map { "the library libunbound (Debian: libunbound8) is missing: \($0)" }
    }

    deinit { unsafe judge_free(pointer) }

    /// - Returns: what libunbound objects to; `nil` when it trusts them.
    func trust(_ anchors: TrustAnchors) -> String? {
        switch anchors {
        case .root:
            return TrustAnchors.rootKeys.lazy.compactMap { unsafe Self.text(judge_trust(self.pointer, $0)) }.first
        case .record(let record):
            return unsafe Self.text(judge_trust(pointer, record))
        case .file(let path):
            return unsafe Self.text(judge_trust_file(pointer, path))
        }
    }

    /// Readable when `verdicts` has some.
    var descriptor: Int32 { unsafe judge_descriptor(pointer) }

    /// - Returns: why it cannot begin.
    func begin(_ question: DNSQuestion, tag: Int32) -> String? {
        unsafe Self.text(judge_begin(pointer, tag, question.name.description, Int32(question.type.value)))
    }

    func forget(_ tag: Int32) { unsafe judge_forget(pointer, tag) }

    /// What was decided since the last call.
    func verdicts() -> [(tag: Int32, verdict: DNSSECVerdict)] {
        unsafe judge_process(pointer)
        var verdicts: [(Int32, DNSSECVerdict)] = []
        var (tag, verdict) = (Int32(0), JudgeVerdict.failed)
        var reason = [CChar](repeating: 0, count: 512)
        while unsafe judge_take(pointer, &tag, &verdict, &reason, reason.count) == 1 {
            let bytes = reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            verdicts.append((tag, Self.verdict(verdict, String(decoding: bytes, as: UTF8.self))))
        }
        return verdicts
    }

    private static func verdict(_ verdict: JudgeVerdict, _ reason: String) -> DNSSECVerdict {
        switch verdict {
        case .secure: .secure
        case .insecure: .insecure
        case .bogus: .bogus(cause(in: reason))
        case .failed: .unknown(.failed(reason))
        }
    }

    /// Without the question, which its reader knows: `validation failure <mx.test. A IN>: signature expired from 127.0.0.1`. A
    /// verdict that rests on an earlier one quotes that: the last is the root of the matter.
    private static func cause(in reason: String) -> String {
        guard reason.contains("validation failure <"), let end = reason.ranges(of: ">: ").last else { return reason }
        return String(reason[end.upperBound...])
    }

    private static func text(_ characters: UnsafePointer<CChar>?) -> String? {
        unsafe characters.map { unsafe String(cString: $0) }
    }
}
