import Glibc

/// What another program writes to its standard output: for packed logs and for logs behind a command.
struct ChildOutput {
    /// The read end of the pipe.
    let descriptor: Int32
    /// The read end of a pipe for what it says about itself; -1 when that goes where ours goes.
    let errors: Int32
    private let pid: pid_t

    /// Starts a program, looked for in PATH, with nothing on its standard input.
    /// - Parameter keepsErrors: whether its standard error is for us to read.
    /// - Throws: the error number.
    init(_ arguments: [String], keepsErrors: Bool = false) throws(ErrorNumber) {
        let ends = try ChildOutput.pipeEnds()
        let errorEnds = keepsErrors ? try ChildOutput.pipeEnds() : [-1, -1]
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        if keepsErrors { unsafe posix_spawn_file_actions_adddup2(&actions, errorEnds[1], STDERR_FILENO) }
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        var child = pid_t()
        let code = PrivatePipe.starting {
            unsafe posix_spawnp(&child, words[0] ?? strdup(""), &actions, nil, &words, environ)
        }
        for end in [ends[1], errorEnds[1]] where end >= 0 { close(end) }
        guard code == 0 else {
            for end in [ends[0], errorEnds[0]] where end >= 0 { close(end) }
            throw ErrorNumber(code)
        }
        (descriptor, errors, pid) = (ends[0], errorEnds[0], child)
    }

    private static func pipeEnds() throws(ErrorNumber) -> [Int32] {
        guard let ends = PrivatePipe.ends() else { throw ErrorNumber(errno) }
        return [ends.reading, ends.writing]
    }

    /// Asks the program to end.
    func terminate() { kill(pid, SIGTERM) }

    /// Closes the pipe and waits for the program.
    /// - Returns: its exit status; 128 and more when a signal ended it.
    func finish() -> Int32 {
        close(descriptor)
        if errors >= 0 { close(errors) }
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    struct ErrorNumber: Error {
        let code: Int32
        init(_ code: Int32) { self.code = code }
    }
}
