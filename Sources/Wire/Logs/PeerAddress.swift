import Glibc

/// An IP address and a port, as the kernel wants and gives them.
struct PeerAddress {
    private var storage = sockaddr_storage()
    private var length: socklen_t = 0
    let family: Int32

    /// - Parameter address: IPv4 or IPv6 as numbers; names are not looked up.
    init?(_ address: String, _ port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if unsafe inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            (four.sin_family, four.sin_port, family) = (sa_family_t(AF_INET), port.bigEndian, AF_INET)
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            unsafe withUnsafeMutableBytes(of: &storage) { target in
                unsafe withUnsafeBytes(of: four) { unsafe target.copyMemory(from: $0) }
            }
        } else if unsafe inet_pton(AF_INET6, address, &six.sin6_addr) == 1 {
            (six.sin6_family, six.sin6_port, family) = (sa_family_t(AF_INET6), port.bigEndian, AF_INET6)
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            unsafe withUnsafeMutableBytes(of: &storage) { target in
                unsafe withUnsafeBytes(of: six) { unsafe target.copyMemory(from: $0) }
            }
        } else {
            return nil
        }
    }

    private init(_ storage: sockaddr_storage) { (self.storage, family) = (storage, Int32(storage.ss_family)) }

    func bind(_ descriptor: Int32) -> Bool {
        var copy = storage
        return unsafe withUnsafePointer(to: &copy) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.bind(descriptor, $0, length) == 0
            }
        }
    }

    /// The port that a bound socket has got.
    static func port(of descriptor: Int32) -> UInt16? {
        var (storage, length) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        let code = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        return code == 0 ? PeerAddress(storage).port : nil
    }

    /// Accepts a connection.
    static func accept(_ descriptor: Int32) -> (descriptor: Int32, sender: String)? {
        var (storage, length) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        let accepted = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.accept(descriptor, $0, &length)
            }
        }
        guard accepted >= 0 else { return nil }
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
        return (accepted, PeerAddress(storage).text)
    }

    /// Receives a datagram; nothing when none is there.
    static func receive(_ descriptor: Int32) -> (bytes: [UInt8], sender: String)? {
        var (storage, length) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        var got = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            got = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe recvfrom(
                        descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT), $0, &length)
                }
            }
            filled = max(0, got)
        }
        return got < 0 ? nil : (bytes, PeerAddress(storage).text)
    }

    private var port: UInt16 {
        var copy = storage
        return unsafe withUnsafeBytes(of: &copy) { unsafe UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// The address alone, an IPv4 address in IPv6 form as IPv4.
    private var text: String {
        var (copy, name) = (storage, [CChar](repeating: 0, count: 64))
        let place = family == AF_INET6 ? 8 : 4
        unsafe withUnsafeBytes(of: &copy) { raw in
            _ = unsafe inet_ntop(family, raw.baseAddress?.advanced(by: place), &name, 64)
        }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    }
}
