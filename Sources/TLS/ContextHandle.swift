import COpenSSL

/// Owns one `TLSContext` of either side.
///
/// Unchecked because a pointer is not `Sendable`. It is safe: the settings are written before the handle is given away, and
/// OpenSSL lets several threads make connections from one `SSL_CTX`, which counts its references atomically.
@safe final class ContextHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// - Throws: `TLSFailure` at `.settings` when OpenSSL gave no context.
    init(owning pointer: OpaquePointer?) throws {
        guard let pointer = unsafe pointer else { throw Self.failure("no context") }
        unsafe self.pointer = pointer
    }

    deinit { unsafe tls_context_free(pointer) }

    static func check(_ result: Int32, _ what: String) throws {
        if result != 1 { throw failure(what) }
    }

    static func failure(_ what: String) -> TLSFailure {
        TLSFailure(stage: .settings, reason: "\(what): \(takeErrors())")
    }
}

/// Empties this thread's error queue into a line of text. To be asked at once: the next call into OpenSSL empties it too.
func takeErrors() -> String {
    var text = [CChar](repeating: 0, count: 512)
    let count = unsafe text.withUnsafeMutableBufferPointer { unsafe tls_take_errors($0.baseAddress, $0.count) }
    return count == 0
        ? "no reason given" : String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
