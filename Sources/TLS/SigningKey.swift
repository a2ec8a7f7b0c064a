import COpenSSL

/// An Ed25519 key, RFC 8032, that is made of a seed: the same seed gives the same key and the same signatures. For the signed zones
/// of the lab, whose keys protect nothing.
public struct SigningKey: Hashable, Sendable {
    private let seed: [UInt8]
    /// 32 bytes.
    public let publicKey: [UInt8]

    /// - Parameter seed: 32 bytes; `nil` for any other number, or where OpenSSL has no Ed25519.
    public init?(seed: [UInt8]) {
        guard seed.count == 32 else { return nil }
        let key = unsafe Self.result(32) { room in
            unsafe seed.withUnsafeBufferPointer { unsafe tls_ed25519_public_key($0.baseAddress, room) }
        }
        guard let key else { return nil }
        (self.seed, publicKey) = (seed, key)
    }

    /// 64 bytes; `nil` when OpenSSL refuses.
    public func signature(of bytes: [UInt8]) -> [UInt8]? {
        unsafe Self.result(64) { room in
            unsafe seed.withUnsafeBufferPointer { seed in
                unsafe bytes.withUnsafeBufferPointer { bytes in
                    unsafe tls_ed25519_sign(seed.baseAddress, bytes.baseAddress, bytes.count, room)
                }
            }
        }
    }

    private static func result(_ count: Int, _ write: (UnsafeMutablePointer<UInt8>?) -> Int32) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: count)
        let isDone = unsafe room.withUnsafeMutableBufferPointer { unsafe write($0.baseAddress) } == 1
        return isDone ? room : nil
    }
}
