import Glibc

/// The process environment, read without Foundation.
enum Environment {
    static subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}

/// What the system said about the call that just failed.
enum SystemCall {
    static var reason: String { unsafe String(cString: strerror(errno)) }
}
