import Glibc

/// What another program writes to its standard output: for packed logs and for logs behind a command.
struct ChildOutput {
    /// The read end of the pipe.
    let descriptor: Int32
    private let pid: pid_t

    /// Starts a program, looked for in PATH, with nothing on its standard input.
    /// - Throws: the error number.
    init(_ arguments: [String]) throws(ErrorNumber) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ErrorNumber(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        var child = pid_t()
        let code = unsafe posix_spawnp(&child, words[0] ?? strdup(""), &actions, nil, &words, environ)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw ErrorNumber(code)
        }
        (descriptor, pid) = (ends[0], child)
    }

    /// Closes the pipe and waits for the program.
    /// - Returns: its exit status; 128 and more when a signal ended it.
    func finish() -> Int32 {
        close(descriptor)
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    struct ErrorNumber: Error {
        let code: Int32
        init(_ code: Int32) { self.code = code }
    }
}
