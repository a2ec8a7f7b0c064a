import COpenSSL

/// libssl, which is loaded when it is wanted for the first time.
public enum TLSLibrary {
    /// Why it is not there, in a sentence that names its package; `nil` when it is. Loads it.
    public static var missing: String? { unsafe tls_missing().map { unsafe String(cString: $0) } }
}
