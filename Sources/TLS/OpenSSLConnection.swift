import COpenSSL
import NIOCore
import SMTP

/// One TLS connection over memory. It belongs to the event loop of its channel: not `Sendable` on purpose.
@safe final class OpenSSLConnection {
    enum Step { case done, wantIO, closed, truncated, failed }

    private let pointer: OpaquePointer
    private let handle: ContextHandle

    /// The client's side.
    convenience init(_ handle: ContextHandle, to peer: TLSPeer) throws {
        try self.init(accepting: handle)
        let serverName = peer.serverName ?? (peer.isAddress ? nil : peer.name)
        if let serverName, !serverName.isEmpty {
            try ContextHandle.check(
                unsafe tls_connection_set_server_name(pointer, serverName), "server name \(serverName)")
        }
        if peer.resumes { _ = unsafe tls_connection_resume(pointer, handle.pointer) }
        guard let name = peer.name else { return }
        if peer.isAddress {
            try ContextHandle.check(unsafe tls_connection_expect_address(pointer, name), "address \(name)")
        } else {
            try ContextHandle.check(unsafe tls_connection_expect_host(pointer, name), "host name \(name)")
        }
    }

    /// The side that the handle's settings are for, with nothing expected of the peer.
    init(accepting handle: ContextHandle) throws {
        guard let pointer = unsafe tls_connection_new(handle.pointer) else {
            throw ContextHandle.failure("no connection")
        }
        unsafe self.pointer = pointer
        self.handle = handle
    }

    deinit { unsafe tls_connection_free(pointer) }

    // MARK: bytes

    func feed(_ ciphertext: ByteBuffer) -> Bool {
        unsafe ciphertext.withUnsafeReadableBytes { bytes in
            unsafe tls_feed_ciphertext(pointer, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) == 1
        }
    }

    func endOfCiphertext() { unsafe tls_end_ciphertext(pointer) }

    func handshake() -> Step { Step(unsafe tls_handshake(pointer)) }

    func shutdown() { unsafe tls_shutdown(pointer) }

    /// Appends one record's plaintext at most.
    func read(into plaintext: inout ByteBuffer) -> Step {
        var result = TLSStep.error
        unsafe plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: 16_384) { room in
            var count = 0
            result = unsafe tls_read(pointer, room.bindMemory(to: UInt8.self).baseAddress, room.count, &count)
            return count
        }
        return Step(result)
    }

    func write(_ plaintext: ByteBuffer) -> Step {
        unsafe plaintext.withUnsafeReadableBytes { bytes in
            Step(unsafe tls_write(pointer, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
        }
    }

    /// What has to go to the peer now; `nil` when there is nothing.
    func takeCiphertext(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
        let pending = unsafe tls_pending_ciphertext(pointer)
        guard pending > 0 else { return nil }
        var buffer = allocator.buffer(capacity: pending)
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: pending) { room in
            unsafe tls_take_ciphertext(pointer, room.bindMemory(to: UInt8.self).baseAddress, room.count)
        }
        return buffer
    }

    // MARK: facts

    func facts() -> TLSFacts {
        let digest = unsafe text(tls_signature_digest(pointer))
        let key = unsafe text(tls_signature_key(pointer)).map { Self.commonNames[$0] ?? $0 }
        return unsafe TLSFacts(
            version: text(tls_version(pointer)) ?? "",
            cipher: text(tls_cipher(pointer)) ?? "",
            cipherBits: Int(tls_cipher_bits(pointer)),
            group: text(tls_group(pointer)),
            signature: key.map { key in digest.map { "\(key) \($0)" } ?? key },
            isResumed: tls_session_reused(pointer) == 1,
            chain: (0..<tls_chain_count(pointer)).map(certificate),
            objections: (0..<tls_objection_count(pointer)).map(objection))
    }

    /// The object identifiers of the key types under the names that the field uses.
    private static let commonNames = ["id-ecPublicKey": "ECDSA", "rsaEncryption": "RSA", "RSASSA-PSS": "RSA-PSS"]

    /// The channel bindings that this version of TLS has, by their names.
    func channelBindings() -> [ChannelBinding: [UInt8]] {
        var bindings: [ChannelBinding: [UInt8]] = [:]
        for (name, which) in [
            (ChannelBinding.exporter, TLSBinding.exporter), (.unique, .unique), (.endPoint, .endPoint),
        ] {
            var room = [UInt8](repeating: 0, count: 64)
            let count = unsafe room.withUnsafeMutableBufferPointer {
                unsafe tls_channel_binding(pointer, which, $0.baseAddress)
            }
            if count > 0 { bindings[name] = Array(room.prefix(count)) }
        }
        return bindings
    }

    var alertReceived: TLSFailure.Alert? { alert(unsafe tls_last_alert_received(pointer)) }
    var alertSent: TLSFailure.Alert? { alert(unsafe tls_last_alert_sent(pointer)) }

    private func alert(_ alert: TLSAlert) -> TLSFailure.Alert? {
        alert.level == 0 ? nil : TLSFailure.Alert(isFatal: alert.level == 2, number: Int(alert.description))
    }

    private func certificate(_ index: Int32) -> TLSFacts.Certificate {
        let text = { (which: TLSCertificateText) in String(decoding: self.bytes(index, which), as: UTF8.self) }
        var certificate = TLSFacts.Certificate(
            subject: text(.subject),
            issuer: text(.issuer),
            names: bytes(index, .names).split(separator: 0).map { String(decoding: $0, as: UTF8.self) },
            notBefore: text(.notBefore),
            notAfter: text(.notAfter),
            daysLeft: Int(unsafe tls_chain_days_left(pointer, index)),
            keyBits: Int(unsafe tls_chain_key_bits(pointer, index)),
            fingerprint: text(.fingerprint))
        certificate.association = association(index)
        return certificate
    }

    private func association(_ index: Int32) -> TLSFacts.Association {
        let forms: [TLSCertificateForm] = [.whole, .SHA256, .SHA512]
        return TLSFacts.Association(
            certificate: forms.map { bytes(index, .all, $0) }, key: forms.map { bytes(index, .key, $0) },
            isAnchor: unsafe tls_chain_leads_to(pointer, index) == 1)
    }

    private func bytes(_ index: Int32, _ part: TLSCertificatePart, _ form: TLSCertificateForm) -> [UInt8] {
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let needed = unsafe room.withUnsafeMutableBufferPointer {
                unsafe tls_chain_bytes(pointer, index, part, form, $0.baseAddress, $0.count)
            }
            if needed <= room.count { return Array(room.prefix(needed)) }
            room = [UInt8](repeating: 0, count: needed)
        }
    }

    private func objection(_ index: Int32) -> TLSFacts.Objection {
        let objection = unsafe tls_objection(pointer, index)
        let text = unsafe text(tls_objection_text(objection.code)) ?? ""
        return TLSFacts.Objection(depth: Int(objection.depth), code: Int(objection.code), text: text)
    }

    private func text(_ characters: UnsafePointer<CChar>?) -> String? {
        unsafe characters.map { unsafe String(cString: $0) }
    }

    /// Asks twice when 1 KiB is not enough.
    private func bytes(_ index: Int32, _ which: TLSCertificateText) -> [UInt8] {
        var room = [CChar](repeating: 0, count: 1024)
        while true {
            let needed = unsafe room.withUnsafeMutableBufferPointer {
                unsafe tls_chain_text(pointer, index, which, $0.baseAddress, $0.count)
            }
            if needed <= room.count { return room.prefix(needed).map(UInt8.init(bitPattern:)) }
            room = [CChar](repeating: 0, count: needed)
        }
    }
}

extension OpenSSLConnection.Step {
    fileprivate init(_ step: TLSStep) {
        switch step {
        case .done: self = .done
        case .wantIO: self = .wantIO
        case .closed: self = .closed
        case .truncated: self = .truncated
        case .error: self = .failed
        }
    }
}
