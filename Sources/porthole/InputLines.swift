import Glibc

/// The lines of standard input, as bytes and without their ends.
struct InputLines {
    /// What was read behind the last line end.
    private var rest: [UInt8] = []
    private var hasEnded = false

    /// The lines that have come; waits for one when there is none. The last line of the input needs no end of its own.
    /// - Returns: nothing at the end.
    mutating func batch() -> [ArraySlice<UInt8>]? {
        while !hasEnded {
            let fresh = read()
            hasEnded = fresh.isEmpty
            let last = fresh.lastIndex(of: 10).map { rest.count + $0 }
            rest += fresh
            guard let last else { continue }
            let lines = rest[..<last].split(separator: 10, omittingEmptySubsequences: false)
            rest = Array(rest[(last + 1)...])
            return lines
        }
        defer { rest = [] }
        return rest.isEmpty ? nil : [rest[...]]
    }

    private func read() -> [UInt8] {
        let room = 64 << 10
        var bytes = [UInt8](repeating: 0, count: room)
        var count = -1
        repeat {
            count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(STDIN_FILENO, $0.baseAddress, room) }
        } while count < 0 && errno == EINTR
        bytes.removeSubrange(max(0, count)...)
        return bytes
    }
}
