import Glibc
import MailVocabulary
import NIOCore

/// A UDP socket for one query, with a port of its own that the kernel draws at random.
///
/// Not a channel of SwiftNIO, for two reasons. There, an ICMP error other than "port unreachable", as a firewall's
/// "administratively prohibited", ends the whole process (`BaseSocketChannel.readEOF0` of 2.101). And the socket must not be
/// connected, so that datagrams from strangers can be counted instead of vanishing in the kernel; IP_RECVERR, see ip(7), brings
/// the ICMP errors all the same.
struct DatagramSocket: Sendable {
    /// What comes out of the socket.
    enum Event: Sendable {
        case datagram([UInt8], isFromServer: Bool)
        /// The errno that an ICMP message or the kernel gave. Nothing comes after it.
        case failed(Int32)
    }

    /// Bytes of a datagram that are kept. We announce 1232 (EDNS); what is longer is cut, and then malformed.
    private static let capacity = 4096

    private let descriptor: Int32

    /// Sends the bytes at once. Events are reported on the poller's thread, until `close`.
    init(
        sending bytes: [UInt8], to server: Endpoint, report: @escaping @Sendable (Event) -> Void
    ) throws(SocketFault) {
        let target: SocketAddress
        do { target = try SocketAddress(server) } catch { throw SocketFault(code: EINVAL) }
        let isV6 = server.address.isV6
        let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(isV6 ? AF_INET6 : AF_INET, type, 0)
        guard descriptor >= 0 else { throw SocketFault(code: errno) }
        var yes: Int32 = 1
        // The option is copied during the call.
        _ = unsafe setsockopt(
            descriptor, Int32(isV6 ? IPPROTO_IPV6 : IPPROTO_IP), isV6 ? IPV6_RECVERR : IP_RECVERR, &yes,
            socklen_t(MemoryLayout<Int32>.size))
        // Address and bytes are copied during the call.
        let sent = unsafe target.withSockAddr { address, size in
            unsafe sendto(descriptor, bytes, bytes.count, 0, address, socklen_t(size))
        }
        guard sent == bytes.count else {
            let fault = SocketFault(code: errno)
            Glibc.close(descriptor)
            throw fault
        }
        self.descriptor = descriptor
        let server = Self.key(of: target)
        try DatagramPoller.shared.watch(descriptor) { Self.read($0, server, report) }
    }

    /// Nothing is reported any more, but what is on its way. Once only.
    func close() { DatagramPoller.shared.close(descriptor) }

    /// Reads all that is there. Returns `false` after an error.
    private static func read(
        _ descriptor: Int32, _ server: [UInt8], _ report: @Sendable (Event) -> Void
    ) -> Bool {
        var buffer = [UInt8](repeating: 0, count: capacity)
        while true {
            var sender = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            // Both pointers live for the call only, and the kernel is told their sizes.
            let count = unsafe withUnsafeMutablePointer(to: &sender) { storage in
                unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    unsafe recvfrom(descriptor, &buffer, buffer.count, 0, address, &size)
                }
            }
            if count < 0 {
                if errno == EAGAIN || errno == EINTR { return true }
                report(.failed(errno))
                return false
            }
            let bytes = unsafe withUnsafeBytes(of: &sender) { unsafe Array($0.prefix(Int(size))) }
            report(.datagram(Array(buffer[..<count]), isFromServer: key(bytes) == server))
        }
    }

    /// Family, port and address of a sockaddr, without flow information and scope.
    private static func key(of address: SocketAddress) -> [UInt8] {
        unsafe address.withSockAddr { pointer, size in
            unsafe key(Array(UnsafeRawBufferPointer(start: pointer, count: size)))
        }
    }

    private static func key(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count < 24 ? Array(bytes.prefix(8)) : Array(bytes[..<4] + bytes[8..<24])
    }
}
