import Glibc

/// A shell command whose standard input and output are a connection. Its error stream stays ours.
struct ProcessPipes {
    /// What the command says.
    let input: Int32
    /// What it is told.
    let output: Int32
    private let pid: pid_t

    /// - Throws: the error number.
    init(_ command: String) throws(ChildOutput.ErrorNumber) {
        // A command that ends early must not end us.
        signal(SIGPIPE, SIG_IGN)
        guard let toChild = PrivatePipe.ends() else { throw ChildOutput.ErrorNumber(errno) }
        guard let fromChild = PrivatePipe.ends() else {
            let number = errno
            close(toChild.reading)
            close(toChild.writing)
            throw ChildOutput.ErrorNumber(number)
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, toChild.reading, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, fromChild.writing, STDOUT_FILENO)
        let arguments: [String] = ["sh", "-c", command]
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        var child = pid_t()
        let code = PrivatePipe.starting { unsafe posix_spawn(&child, "/bin/sh", &actions, nil, &words, environ) }
        close(toChild.reading)
        close(fromChild.writing)
        guard code == 0 else {
            close(toChild.writing)
            close(fromChild.reading)
            throw ChildOutput.ErrorNumber(code)
        }
        (input, output, pid) = (fromChild.reading, toChild.writing, child)
    }

    /// Takes the command's end from the system once it comes, so that no zombie stays, and says it in words.
    func reap(_ done: @escaping @Sendable (String) -> Void) {
        let pid = pid
        BlockingThread.run {
            var status: Int32 = 0
            while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
            done(Self.words(status))
        }
    }

    /// The status of wait(2), whose macros Swift does not see. A shell gives 127 for a command that it does not find.
    private static func words(_ status: Int32) -> String {
        let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
        if signal != 0 { return "the command was ended by signal \(signal)" }
        return "the command ended with exit status \(code)" + (code == 127 ? ": there is no such command" : "")
    }
}
