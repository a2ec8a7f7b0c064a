import Glibc
import NIOCore
import NIOPosix

/// Why a socket failed, in words for an answer.
struct SocketFault: Error, Equatable {
    /// The errno of the system.
    var code: Int32

    func words(port: Int) -> String {
        switch code {
        case ECONNREFUSED: "port \(port) is closed"
        case ECONNRESET: "the connection was reset"
        case EHOSTUNREACH: "there is no route to the host, or a firewall forbids it"
        case ENETUNREACH: "there is no route to its network"
        case EACCES, EPERM: "a firewall or a local rule forbids it"
        case ENOPROTOOPT: "the host does not speak this protocol"
        case EMFILE, ENFILE: "no file descriptor is left for a socket"
        case EADDRNOTAVAIL: "no local address or port is left for it"
        case let other: "system error \(other)"
        }
    }

    static func words(_ error: any Error, port: Int) -> String {
        if let fault = error as? SocketFault { return fault.words(port: port) }
        if let error = error as? IOError { return SocketFault(code: error.errnoCode).words(port: port) }
        if let error = error as? NIOConnectionError, let first = error.connectionErrors.first {
            return words(first.error, port: port)
        }
        return "\(error)"
    }
}
