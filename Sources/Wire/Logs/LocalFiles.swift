import Glibc

/// File systems that nobody but this machine writes to, so that the kernel knows of every change.
enum LocalFiles {
    private static let kinds: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "jfs", "f2fs", "zfs", "tmpfs", "ramfs", "overlay", "vfat", "exfat",
    ]

    /// Whether a directory is surely on such a file system; false for one that `/proc/self/mountinfo` does not tell of.
    static func contain(_ directory: String) -> Bool {
        guard let face = FileFace(path: directory) else { return false }
        let device = face.identity.device
        let (major, minor) = (device >> 8 & 0xFFF | device >> 32 & ~0xFFF, device & 0xFF | device >> 12 & 0xFFFF_FF00)
        for line in mounts().split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 4, words[2] == "\(major):\(minor)", let dash = words.firstIndex(of: "-") else {
                continue
            }
            return dash + 1 < words.count && kinds.contains(String(words[dash + 1]))
        }
        return false
    }

    private static func mounts() -> String {
        let descriptor = unsafe open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var (text, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 16384))
        while text.count < 1 << 20, case let got = unsafe read(descriptor, &buffer, buffer.count), got > 0 {
            text += buffer[..<got]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
