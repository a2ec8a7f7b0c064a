import Glibc
import MailLog

/// Where a log comes from, as a user names it.
public enum LogSource: Hashable, Sendable {
    /// A file that is followed by name.
    case file(String)
    /// Standard input, until it ends.
    case input
    /// The output of a shell command, which is started again when it fails.
    case command(String)
    /// The system's journal: the mail facility, or one unit.
    case journal(unit: String?)
    /// What others send by syslog over UDP and TCP to this address.
    case syslog(address: String, port: UInt16)

    /// - Parameter text: a path, `-`, `cmd:ssh gw tail -F mail.log`, `journal:`, `journal:postfix@-.service`,
    ///   `syslog://127.0.0.1:5514`.
    /// - Throws: when the text begins like a source and is not one.
    public init(_ text: String) throws(LogFault) {
        if text == "-" {
            self = .input
        } else if text.hasPrefix("cmd:") {
            let command = String(text.dropFirst(4))
            guard command.contains(where: { $0 != " " }) else {
                throw LogFault("cmd: wants a command behind the colon, as in 'cmd:ssh gw tail -F /var/log/mail.log'")
            }
            self = .command(command)
        } else if text.hasPrefix("journal:") {
            let unit = String(text.dropFirst(8))
            self = .journal(unit: unit.isEmpty ? nil : unit)
        } else if text.hasPrefix("syslog://") {
            self = try LogSource.syslog(String(text.dropFirst(9)))
        } else {
            self = .file(text)
        }
    }

    private static func syslog(_ text: String) throws(LogFault) -> LogSource {
        let wrong = LogFault(
            "syslog:// wants an address of this machine and a port, as in syslog://127.0.0.1:5514 or syslog://[::1]:5514"
        )
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw wrong
        }
        var address = String(text[..<colon])
        if address.hasPrefix("["), address.hasSuffix("]") { address = String(address.dropFirst().dropLast()) }
        guard PeerAddress(address, port) != nil else { throw wrong }
        return .syslog(address: address, port: port)
    }

    /// What happens to the log, from now until the stream is cancelled or the source ends.
    /// - Parameter inBlocks: whether the lines of a file may come together as `LogSourceEvent.block`.
    public func events(
        from start: LogFollower.Start = .beginning, inBlocks: Bool = false
    ) -> AsyncStream<LogSourceEvent> {
        switch self {
        case .file(let path):
            LogFile.isPlain(path)
                ? LogFollower(path: path, from: start, handsOutBlocks: inBlocks).events()
                : PackedLog(path: path, start: start).events()
        case .input: ChildFollower.input()
        case .command(let command): CommandFollower(command).events()
        case .journal(let unit): ChildFollower(unit: unit).events()
        case .syslog(let address, let port): SyslogListener(address: address, port: port).events()
        }
    }

    /// Why this can never be a log, when it is a file that is not one; a file that is missing may still come.
    public var refusal: LogFault? {
        guard case .file(let path) = self, let face = FileFace(path: path) else { return nil }
        if face.kind == .regular, LogFile.isPacked(path) {
            return LogFault(
                "\(path) is packed, so that nothing is ever added to it: `porthole trace … --log \(path)` reads it, "
                    + "and the log itself is what to follow")
        }
        if face.kind == .regular { return nil }
        return LogFault(FileRefusal.sentence(path, face.kind))
    }
}
