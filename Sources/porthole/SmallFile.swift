import Glibc

/// Reading a whole file of ours.
enum SmallFile {
    struct Fault: Error, CustomStringConvertible { let description: String }

    /// - Throws: `Fault`: one sentence.
    static func read(_ path: String, limit: Int) throws -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Fault(
                description:
                    "cannot read \(path): \(errno == ENOENT ? "there is no such file; check the path" : SystemCall.reason)"
            )
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk
        }
        throw Fault(description: "cannot read \(path): it is larger than \(limit >> 20) MiB")
    }
}
