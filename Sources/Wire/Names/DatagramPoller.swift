import Dispatch
import Glibc
import Synchronization

/// One thread that sleeps in poll(2) for all datagram sockets, and is there only as long as there are some.
///
/// A dispatch source would not do: it sleeps through an ICMP error that comes without data.
final class DatagramPoller: Sendable {
    static let shared = DatagramPoller()

    /// Reads what is there; `false` if nothing more is to be read.
    typealias Reader = @Sendable (Int32) -> Bool

    private struct Watched {
        var readers: [Int32: Reader] = [:]
        var closing: [Int32] = []
        /// Written to, it wakes the thread; `nil` as long as there is no thread.
        var bell: Int32?
    }

    private let watched = Mutex(Watched())
    private let queue = DispatchQueue(label: "datagrams", qos: .userInitiated)

    private init() {}

    /// Calls the reader on the thread of the poller, whenever there is data or an error. The poller owns the socket from now on.
    func watch(_ descriptor: Int32, _ reader: @escaping Reader) throws(SocketFault) {
        let fault = watched.withLock { watched -> SocketFault? in
            if let bell = watched.bell {
                watched.readers[descriptor] = reader
                Self.ring(bell)
                return nil
            }
            var ends: [Int32] = [-1, -1]
            let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { return SocketFault(code: errno) }
            watched.readers[descriptor] = reader
            watched.bell = ends[1]
            queue.async { [ear = ends[0], bell = ends[1]] in self.poll(ear, bell) }
            return nil
        }
        if let fault {
            Glibc.close(descriptor)
            throw fault
        }
    }

    /// Closes the socket, on the thread of the poller if there is one, so that its number cannot mean another one meanwhile. Once only.
    func close(_ descriptor: Int32) {
        watched.withLock { watched in
            watched.readers[descriptor] = nil
            if let bell = watched.bell {
                watched.closing.append(descriptor)
                Self.ring(bell)
            } else {
                Glibc.close(descriptor)
            }
        }
    }

    private static func ring(_ bell: Int32) {
        // If it is full it rings already.
        _ = unsafe write(bell, [1], 1)
    }

    private func poll(_ ear: Int32, _ bell: Int32) {
        while let sockets = next(ear, bell) {
            var interest = [pollfd(fd: ear, events: Int16(POLLIN), revents: 0)]
            interest += sockets.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            _ = unsafe Glibc.poll(&interest, nfds_t(interest.count), -1)
            if interest[0].revents != 0 {
                var rung: [UInt8] = [0]
                while unsafe read(ear, &rung, 1) == 1 {}
            }
            for entry in interest.dropFirst() where entry.revents != 0 {
                if sockets[entry.fd]?(entry.fd) == false {
                    watched.withLock { $0.readers[entry.fd] = nil }
                }
            }
        }
    }

    /// Closes what is to be closed. `nil`, with the pipe closed, if nothing is left to wait for.
    private func next(_ ear: Int32, _ bell: Int32) -> [Int32: Reader]? {
        watched.withLock { watched in
            for descriptor in watched.closing { Glibc.close(descriptor) }
            watched.closing = []
            guard watched.readers.isEmpty else { return watched.readers }
            watched.bell = nil
            Glibc.close(ear)
            Glibc.close(bell)
            return nil
        }
    }
}
