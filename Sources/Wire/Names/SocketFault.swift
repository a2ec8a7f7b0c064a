import Glibc
import NIOCore
import NIOPosix

/// Why a socket failed, in words for an answer.
enum SocketFault {
    static func words(_ error: any Error, port: Int) -> String {
        if let error = error as? IOError { return words(errno: error.errnoCode, port: port) }
        if let error = error as? NIOConnectionError, let first = error.connectionErrors.first {
            return words(first.error, port: port)
        }
        if case .connectTimeout(_)? = error as? ChannelError { return "the TCP connection was not accepted in time" }
        return "\(error)"
    }

    static func words(errno code: Int32, port: Int) -> String {
        switch code {
        case ECONNREFUSED: "port \(port) is closed"
        case ECONNRESET: "the connection was reset"
        case EHOSTUNREACH: "there is no route to the host"
        case ENETUNREACH: "there is no route to its network"
        case EACCES, EPERM: "a local rule forbids it"
        case EMFILE, ENFILE: "no file descriptor is left for a socket"
        case EADDRNOTAVAIL: "no local address or port is left for it"
        case let other: "system error \(other)"
        }
    }
}
