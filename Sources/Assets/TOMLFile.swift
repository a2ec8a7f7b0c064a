import Canvas
import Glibc
import TOMLKit

/// A file in TOML that people edit: themes and the configuration. It is read whole, and every fault names its line.
struct TOMLFile {
    /// A longer file is not read.
    static let mostBytes = 1 << 20

    let file: String
    let text: String

    /// - Throws: the place of broken syntax.
    func table() throws(TOMLFault) -> TOMLTable {
        try refuseNamelessSection()
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let begin = error.source.begin
            throw TOMLFault(file: file, line: begin.line, column: begin.column, problem: error.description)
        } catch {
            throw TOMLFault(file: file, problem: "is not TOML")
        }
    }

    /// The parser takes for granted that a section's name begins with a letter, a digit or a quote, and ends the program when it does
    /// not: that is found out here.
    private func refuseNamelessSection() throws(TOMLFault) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var rest = line.drop { $0 == " " || $0 == "\t" }.unicodeScalars
            guard rest.first == "[" else { continue }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.first == "[" { rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" } }
            if let first = rest.first, "_-\"']".unicodeScalars.contains(first) || first.isKeyLetter { continue }
            throw TOMLFault(file: file, line: index + 1, problem: "a section needs a name, as [roles]")
        }
    }

    /// The line that a key stands on. TOMLKit tells places only of broken syntax, so the text is searched for the first
    /// line that begins with the key, bare, quoted or as a section.
    /// - Parameter section: Only behind the line of that section.
    func line(of key: String, in section: String? = nil) -> Int {
        let starts = [key, "\"\(key)\"", "'\(key)'", "[\(key)]"]
        var isInside = section == nil
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if let section, trimmed.hasPrefix("[\(section)]") { isInside = true }
            for start in starts where isInside && trimmed.hasPrefix(start) {
                let next = trimmed.dropFirst(start.count).first { $0 != " " && $0 != "\t" }
                if next == "=" || next == "." || next == "]" { return index + 1 }
            }
        }
        return 1
    }

    /// - Throws: when the bytes are too many or no text.
    static func text(_ bytes: [UInt8], file: String) throws(TOMLFault) -> String {
        guard bytes.count <= mostBytes else { throw TOMLFault(file: file, problem: "is longer than 1 MiB") }
        if let place = bytes.firstIndex(of: 0) {
            let line = bytes[..<place].count { $0 == 0x0A } + 1
            throw TOMLFault(file: file, line: line, problem: "holds a NUL byte; it has to be text")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TOMLFault(file: file, problem: "is not UTF-8")
        }
        return text
    }

    static func bytes(of path: String) throws(TOMLFault) -> [UInt8] {
        // Not blocking, for the path may be a FIFO that nobody writes to.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw cannotRead(path) }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0 else { throw cannotRead(path) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw TOMLFault(file: path, problem: "is not a file") }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= mostBytes {
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead(path) }
            if count == 0 { break }
            bytes += part.prefix(count)
        }
        return bytes
    }

    private static func cannotRead(_ path: String) -> TOMLFault {
        let reason = errno
        let words = unsafe String(cString: strerror(reason))
        return TOMLFault(file: path, problem: "cannot read it: \(words)", isAbsence: reason == ENOENT)
    }
}

extension Unicode.Scalar {
    /// A letter or digit that a bare key of TOML may have.
    fileprivate var isKeyLetter: Bool { isASCII && (properties.isAlphabetic || ("0"..."9").contains(self)) }
}
