import Glibc
import SMTP
import Wire

/// Looks at the files of a message before anybody is spoken to: small ones are read, big ones are surveyed and read as they go out.
struct MessageFiles {
    /// How a file becomes a content.
    struct Use {
        /// It may be sent in quoted-printable, and has to be UTF-8 if nobody names its charset.
        var isText = false
        /// Every line gets CRLF at its end.
        var makesCRLF = false
    }

    /// Octets of all files together. Larger messages are no test of a connection, and no gateway takes them.
    static let limit = 128 << 20
    /// A file up to here is held: what was looked at is what goes out.
    private static let small = 256 << 10

    /// Every file is held, whatever its size: for what is printed, and for messages that are sent many times.
    private let holdsAll: Bool
    private var room = Self.limit

    init(holdsAll: Bool = false) { self.holdsAll = holdsAll }

    /// All of a file that is held whatever its size.
    ///
    /// - Parameter path: `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    mutating func read(_ path: String) throws -> [UInt8] {
        let input = try InputFile(path)
        var bytes: [UInt8] = []
        while let piece = try input.next() {
            bytes += piece
            try take(piece.count, of: input)
        }
        return bytes
    }

    /// The file as a content of a message: canonical where that is wanted.
    ///
    /// - Throws: `CommandFailure`: one sentence.
    mutating func content(_ path: String, _ use: Use) throws -> Content {
        let input = try InputFile(path)
        var held: [UInt8] = []
        while let piece = try input.next() {
            held += piece
            try take(piece.count, of: input)
            if held.count > Self.small, !holdsAll { return .file(try stored(input, begun: held, use)) }
        }
        return .octets(use.makesCRLF ? DotStuffing.canonical(held) : held)
    }

    /// Surveys a big file to its end. What can be read only once is written to a file without a name before.
    private mutating func stored(_ input: InputFile, begun: [UInt8], _ use: Use) throws -> StoredFile {
        var (path, state) = (input.path, input.state)
        if input.isRepeatable {
            try take((state?.size ?? 0) - begun.count, of: input)
        } else {
            let spool = try SpoolFile(of: input.name)
            try spool.append(begun)
            while let piece = try input.next() {
                try take(piece.count, of: input)
                try spool.append(piece)
            }
            (path, state) = (spool.path, spool.state)
        }
        guard let state else {
            throw CommandFailure("cannot read \(input.name): it is no file any more", .cannotRead)
        }
        var surveyor = ContentSurveyor(isText: use.isText, makesCRLF: use.makesCRLF)
        let whole = try InputFile(path)
        var size = 0
        while let piece = try whole.next(), size <= state.size {
            size += piece.count
            surveyor.take(piece)
        }
        return StoredFile(
            path: path, name: input.name, state: state, makesCRLF: use.makesCRLF, survey: surveyor.finished())
    }

    private mutating func take(_ count: Int, of input: InputFile) throws {
        room -= count
        guard room >= 0 else {
            throw CommandFailure(
                "\(input.name) is too big: a test message holds at most \(Self.limit >> 20) MiB", .cannotRead)
        }
    }
}
