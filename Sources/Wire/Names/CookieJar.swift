import DNS
import MailVocabulary
import Synchronization

/// The cookie for each server, RFC 7873 §5: a client's part that no other server sees, and the part that the server gave.
final class CookieJar: Sendable {
    private let cookies = Mutex<[Endpoint: DNSCookie]>([:])

    /// What goes with the next query to the server.
    func cookie(for server: Endpoint) -> DNSCookie? {
        cookies.withLock { cookies in
            if let known = cookies[server] { return known }
            let client = (0..<DNSCookie.clientLength).map { _ in UInt8.random(in: 0...UInt8.max) }
            let fresh = DNSCookie(client: client)
            cookies[server] = fresh
            return fresh
        }
    }

    /// Keeps the server's part for the next query. The client's part of the cookie has been found to be ours.
    func keep(_ cookie: DNSCookie, for server: Endpoint) { cookies.withLock { $0[server] = cookie } }
}
