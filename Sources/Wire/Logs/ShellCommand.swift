import Glibc
import Synchronization

/// A shell command in a process group of its own, whose output and complaints are read here.
struct ShellCommand {
    struct Fault: Error { let code: Int32 }

    /// The read ends of its standard output and standard error.
    let output: Int32
    let errors: Int32
    private let pid: pid_t
    /// Those that have not ended.
    private static let running = Mutex<Set<pid_t>>([])

    /// Starts it with nothing on its standard input.
    init(_ command: String) throws(Fault) {
        guard let out = PrivatePipe.ends() else { throw Fault(code: errno) }
        guard let err = PrivatePipe.ends() else {
            let code = errno
            close(out.reading)
            close(out.writing)
            throw Fault(code: code)
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, out.writing, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, err.writing, STDERR_FILENO)
        // A group of its own: Ctrl-C on the terminal is not for it, and what it starts ends with it.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let arguments: [String] = ["/bin/sh", "-c", command]
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        var child = pid_t()
        let code = PrivatePipe.starting {
            unsafe posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, environ)
        }
        close(out.writing)
        close(err.writing)
        guard code == 0 else {
            close(out.reading)
            close(err.reading)
            throw Fault(code: code)
        }
        (output, errors, pid) = (out.reading, err.reading, child)
        Self.running.withLock { _ = $0.insert(child) }
    }

    /// Asks every command that is under way to end, with all that it started.
    static func endAll() { for pid in running.withLock({ $0 }) { kill(-pid, SIGTERM) } }

    /// Ends the command, unless it has ended, with all that it started.
    /// - Parameter atOnce: It is not given the time to end by itself.
    /// - Returns: its exit status; 128 and more when a signal ended it.
    func end(atOnce: Bool) -> Int32 {
        defer { Self.running.withLock { _ = $0.remove(pid) } }
        close(output)
        close(errors)
        var status: Int32 = 0
        // One that closed its output is about to end by itself.
        for round in 0..<50 {
            let done = unsafe waitpid(pid, &status, WNOHANG)
            if done == pid || (done < 0 && errno != EINTR) { return Self.code(status) }
            if atOnce || round >= 10 { kill(-pid, SIGTERM) }
            _ = poll(nil, 0, 20)
        }
        kill(-pid, SIGKILL)
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return Self.code(status)
    }

    private static func code(_ status: Int32) -> Int32 {
        status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }
}
