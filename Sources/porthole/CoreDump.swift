import Glibc

/// The image that the system keeps of a process that crashed. It would hold every password that the process knew.
enum CoreDump {
    /// No image of this process is written from here on.
    static func forbid() {
        // One octet is too little for a file of any format; and only at this limit does the kernel spare a pipe as well, core(5).
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}
