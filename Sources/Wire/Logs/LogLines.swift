import Glibc
import MailLog

/// The lines of a log once more, by their place: the index keeps where they are, not what they say.
public final class LogLines {
    /// A longer line is cut here, in bytes.
    public static let cap = 1 << 16

    private let descriptor: Int32

    /// - Returns: `nil` when the file cannot be opened any more.
    public init?(path: String) {
        descriptor = unsafe open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// The line that begins at `offset`, without its end; empty behind the end of the file.
    public func line(at offset: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512)
        while true {
            let got = unsafe pread(descriptor, &bytes, bytes.count, off_t(offset))
            guard got > 0 else { return [] }
            if let end = bytes[..<got].firstIndex(of: 0x0A) {
                let isWithReturn = end > 0 && bytes[end - 1] == 0x0D
                return Self.shown(bytes[..<(isWithReturn ? end - 1 : end)])
            }
            guard got == bytes.count, bytes.count < Self.cap else { return Self.shown(bytes[..<got]) }
            bytes = [UInt8](repeating: 0, count: min(Self.cap, bytes.count * 4))
        }
    }

    /// As the splitter gave it out.
    private static func shown(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let line = Array(line)
        return JournalObject.plain(line.span) ?? line
    }
}
