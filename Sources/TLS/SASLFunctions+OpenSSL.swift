import COpenSSL
import SMTP

extension SASLFunctions {
    /// OpenSSL's digests.
    public static let openSSL = SASLFunctions(
        hmac: { digest, key, bytes in
            unsafe result { room in
                unsafe key.withUnsafeBufferPointer { key in
                    unsafe bytes.withUnsafeBufferPointer { bytes in
                        unsafe tls_hmac(
                            TLSDigest(digest), key.baseAddress, key.count, bytes.baseAddress, bytes.count, room)
                    }
                }
            }
        },
        hash: { digest, bytes in
            unsafe result { room in
                unsafe bytes.withUnsafeBufferPointer { bytes in
                    unsafe tls_digest(TLSDigest(digest), bytes.baseAddress, bytes.count, room)
                }
            }
        },
        derive: { digest, password, salt, rounds in
            unsafe result { room in
                unsafe password.withUnsafeBufferPointer { password in
                    unsafe salt.withUnsafeBufferPointer { salt in
                        unsafe tls_pbkdf2(
                            TLSDigest(digest), password.baseAddress, password.count, salt.baseAddress, salt.count,
                            Int32(rounds), room)
                    }
                }
            }
        })

    /// What `write` says that it wrote; `nil` when it wrote nothing.
    private static func result(_ write: (UnsafeMutablePointer<UInt8>?) -> Int) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 64)
        let count = unsafe room.withUnsafeMutableBufferPointer { unsafe write($0.baseAddress) }
        return count == 0 ? nil : Array(room.prefix(count))
    }
}

extension Credentials {
    /// With OpenSSL's functions and a new random word.
    /// - Throws: `TLSFailure` at `.settings` when there is no randomness.
    public init(_ secret: Secret) throws {
        var bytes = [UInt8](repeating: 0, count: 18)
        let isDone = unsafe bytes.withUnsafeMutableBufferPointer { unsafe tls_random($0.baseAddress, $0.count) }
        try ContextHandle.check(isDone, "random bytes")
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        self.init(secret: secret, nonce: digits, functions: .openSSL)
    }
}

extension TLSDigest {
    fileprivate init(_ digest: SASLFunctions.Digest) {
        switch digest {
        case .md5: self = .MD5
        case .sha1: self = .SHA1
        case .sha256: self = .SHA256
        }
    }
}
