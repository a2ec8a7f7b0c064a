import Glibc
import MailVocabulary
import NIOCore
import SMTP
import TLS

/// The one place where errors of sockets and TLS become words of ours.
enum ConnectionFault {
    enum End {
        case transport(TransportEnd)
        case tls(String)
    }

    /// Why no connection came to be.
    static func reason(_ error: any Error) -> CloseReason {
        switch error {
        case let error as IOError: reason(number: error.errnoCode) ?? .failed("\(error)")
        case let error as ChannelError:
            if case .connectTimeout = error { .connectTimedOut } else { .failed("\(error)") }
        case let error as TLSFailure: .tls(words(error))
        case let fault as ProxyFault: .unreachable("by way of the proxy: \(fault.words)")
        default: .failed("\(error)")
        }
    }

    /// How a connection that stood came to its end.
    static func end(_ error: any Error) -> End {
        switch error {
        case let error as TLSFailure:
            error.isTruncation && error.stage == .reading ? .transport(.truncated) : .tls(words(error))
        case let error as IOError where error.errnoCode == ECONNRESET || error.errnoCode == EPIPE: .transport(.reset)
        case let error as IOError where error.errnoCode == ETIMEDOUT:
            .transport(.failed("the connection died: no answer on TCP"))
        default: .transport(.failed("\(error)"))
        }
    }

    /// What is wrong with TLS, in words; quotes what the server said in place of a handshake.
    static func words(_ error: any Error) -> String {
        guard let failure = error as? TLSFailure else { return "\(error)" }
        let said = failure.firstBytes.prefix { (0x20..<0x7F).contains($0) }
        guard failure.stage == .handshake, said.count >= 3 else { return failure.description }
        return "the server answered in the clear: \(String(decoding: said, as: UTF8.self))"
    }

    private static func reason(number: CInt) -> CloseReason? {
        switch number {
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .connectTimedOut
        case EHOSTUNREACH: .unreachable("no route to the host")
        case ENETUNREACH: .unreachable("no route to the network")
        case ENETDOWN: .unreachable("the network is down")
        case ENOENT: .unreachable("there is no such socket")
        case ENOTSOCK: .unreachable("the file is no socket")
        case ENODEV: .unreachable("this machine has no such network interface")
        case EADDRINUSE: .unreachable("the port of our own is in use already")
        case EADDRNOTAVAIL: .unreachable("there is no address of our own to connect from")
        case EACCES, EPERM: .unreachable("this machine does not allow the connection")
        case ECONNRESET: .reset(during: .connect)
        case EMFILE, ENFILE: .failed("too many open files")
        default: nil
        }
    }
}
