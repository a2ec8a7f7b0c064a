import Glibc

/// The lines of standard input, as bytes and without their ends.
struct InputLines {
    private var buffer: [UInt8] = []
    private var start = 0
    private var hasEnded = false

    /// `nil` at the end. The last line needs no end of its own.
    ///
    /// - Parameter beforeWaiting: done before more is read, which may take long: whoever writes to us may wait for answers.
    mutating func next(beforeWaiting: () -> Void) -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 10) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            searched = buffer.count
            guard !hasEnded else {
                defer { start = buffer.count }
                return start < buffer.count ? Array(buffer[start...]) : nil
            }
            searched -= start
            buffer.removeSubrange(..<start)
            start = 0
            beforeWaiting()
            fill()
        }
    }

    private mutating func fill() {
        let room = 64 << 10
        var bytes = [UInt8](repeating: 0, count: room)
        var count = -1
        repeat {
            count = unsafe bytes.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, room) }
        } while count < 0 && errno == EINTR
        bytes.removeSubrange(max(0, count)...)
        if bytes.isEmpty { hasEnded = true }
        buffer += bytes
    }
}
