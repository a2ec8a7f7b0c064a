import Glibc
import SMTP

/// Where a password or token comes from.
enum SecretSource {
    case file(String)
    case environment(String)
    case descriptor(Int)
    case prompt(user: String)

    /// - Throws: `CommandFailure`: one sentence, without the secret.
    func read() throws -> Secret {
        CoreDump.forbid()
        switch self {
        case .environment(let name):
            guard let value = Environment[name] else {
                throw CommandFailure("--password-env: there is no variable \(name)", .cannotRead)
            }
            // No program that we start shall find it in its environment.
            unsafe unsetenv(name)
            return Secret(Array(value.utf8))
        case .file(let path):
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw CommandFailure("cannot read \(path): \(SystemCall.reason)", .cannotRead)
            }
            defer { close(descriptor) }
            var facts = stat()
            if unsafe fstat(descriptor, &facts) == 0, facts.st_mode & 0o077 != 0 {
                Output.complain("\(path) can be read by others; chmod 600 keeps the password to yourself")
            }
            return try Self.line(from: descriptor, path)
        case .descriptor(let number):
            guard (0...65_535).contains(number) else {
                throw CommandFailure("--password-fd: \(number) is no descriptor", .usage)
            }
            _ = fcntl(Int32(number), F_SETFD, FD_CLOEXEC)
            return try Self.line(from: Int32(number), "descriptor \(number)")
        case .prompt(let user): return try Self.ask(user)
        }
    }

    /// Asks on the terminal, which shows nothing of the answer. Keys come one by one, so that Ctrl-C can give up without leaving
    /// a terminal behind that echoes nothing.
    private static func ask(_ user: String) throws -> Secret {
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else {
            throw CommandFailure(
                "there is no terminal to ask for the password: use --password-file, --password-env or --password-fd",
                .usage)
        }
        defer { close(terminal) }
        var before = termios()
        guard unsafe tcgetattr(terminal, &before) == 0 else {
            throw CommandFailure("cannot ask for the password: \(SystemCall.reason)", .usage)
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        _ = unsafe tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            _ = unsafe tcsetattr(terminal, TCSAFLUSH, &before)
            write("\n", to: terminal)
        }
        write("Password or token of \(user): ", to: terminal)
        return try typed(on: terminal)
    }

    private static func typed(on terminal: Int32) throws -> Secret {
        var bytes: [UInt8] = []
        while bytes.count < 64 << 10 {
            var byte: UInt8 = 0
            let count = unsafe Glibc.read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            switch (count, byte) {
            case (1, 0x0A), (1, 0x0D): return Secret(bytes)
            case (1, 0x08), (1, 0x7F): while let last = bytes.popLast(), last & 0xC0 == 0x80 {}  // a whole character
            case (1, 0x15): bytes = []  // Ctrl-U
            case (1, 0x03), (1, 0x04), (1, 0x1C), (...0, _):  // Ctrl-C, Ctrl-D, Ctrl-\, the end
                throw CommandFailure("no password was given", .usage)
            default: bytes.append(byte)
            }
        }
        throw CommandFailure("what was typed is longer than 64 KiB: that is no password", .usage)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Up to the first line feed; a CR before it is not part of the secret.
    private static func line(from descriptor: Int32, _ name: String) throws -> Secret {
        var bytes: [UInt8] = []
        while bytes.count < 64 << 10 {
            var byte: UInt8 = 0
            let count = unsafe Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandFailure("cannot read the password from \(name): \(SystemCall.reason)", .cannotRead)
            }
            if count == 0 || byte == 0x0A {
                if bytes.last == 0x0D { bytes.removeLast() }
                return Secret(bytes)
            }
            bytes.append(byte)
        }
        throw CommandFailure("the first line of \(name) is longer than 64 KiB: that is no password", .cannotRead)
    }
}
