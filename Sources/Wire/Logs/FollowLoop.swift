import Glibc
import MailLog

/// The loop of a follower: look, read, hand over, wait.
struct FollowLoop {
    private let path: String
    private let start: LogFollower.Start
    private let watch: FileWatch
    private let listener: AsyncStream<LogSourceEvent>.Continuation
    private let handsOutBlocks: Bool
    private let began = FileFace.now()

    private var current: FollowedFile?
    private var splitter = LineSplitter()
    private var read = ReadFiles()
    private var succession: Succession
    private var isCaughtUp = false
    private var isFirst = true
    /// The file was truncated, and none of its new bytes were taken yet.
    private var isRestarted = false
    private var skipsFirstLine = false
    private var stopped = false
    private var lastTrouble: String?
    private var lastHandOver = ContinuousClock.now
    /// Since when no file has the name, though the one that had it is still open.
    private var goneSince: ContinuousClock.Instant?
    private var isSaidGone = false
    private var isSaidEndless = false

    init(
        path: String, start: LogFollower.Start, watch: FileWatch, listener: AsyncStream<LogSourceEvent>.Continuation,
        handsOutBlocks: Bool
    ) {
        (self.path, self.start, self.watch, self.listener) = (path, start, watch, listener)
        self.handsOutBlocks = handsOutBlocks
        succession = Succession(to: SiblingFiles.split(path).base)
    }

    mutating func run() {
        if let shortfall = watch.shortfall { post(.trouble(shortfall)) }
        while !stopped {
            do throws(LogFault) {
                try look()
                lastTrouble = nil
            } catch {
                if lastTrouble != error.sentence { post(.trouble(error.sentence)) }
                lastTrouble = error.sentence
            }
            if stopped { return }
            pause()
        }
    }

    /// Small writes are gathered for 16 ms after each hand-over; a change in the directory ends the pause at once.
    private mutating func pause() {
        let since = ContinuousClock.now - lastHandOver
        if since < .milliseconds(16) {
            let left = Int32(16 - since.components.attoseconds / 1_000_000_000_000_000)
            if !watch.wait(milliseconds: max(1, left), writes: false) { stopped = true }
        } else if !watch.wait(milliseconds: patience, writes: true) {
            stopped = true
        }
    }

    /// How long to wait for news before looking anyway: a second when something may happen that nobody tells of, else so
    /// long that a quiet log costs nothing.
    private var patience: Int32 {
        let isQuiet =
            current != nil && lastTrouble == nil && goneSince == nil && succession.waiting.isEmpty && watch.isSure
        return isQuiet && !FileFace.isLink(path) ? 60_000 : 1000
    }

    // MARK: One look

    private mutating func look() throws(LogFault) {
        defer { sayLosses() }
        guard current != nil else { return try openFirst() }
        // Whatever has the name now is opened before anything else: the next moment it may be gone.
        try? notice()
        try readOn()
        try notice()
        while !stopped, let successor = succession.next { try change(to: successor) }
        noticeAbsence()
    }

    /// Between the two steps of a rotation no file has the name for a moment; longer than that it is worth saying.
    private mutating func noticeAbsence() {
        guard FileFace(path: path) == nil else {
            if isSaidGone, let file = current?.file {
                post(.opened(name: SiblingFiles.split(path).base, size: file.size))
            }
            (goneSince, isSaidGone) = (nil, false)
            return
        }
        let since = goneSince ?? ContinuousClock.now
        goneSince = since
        guard !isSaidGone, ContinuousClock.now - since >= .seconds(1) else { return }
        isSaidGone = true
        post(.trouble("\(FileRefusal.sentence(path, ENOENT)); when it comes back it is followed again"))
    }

    private mutating func sayLosses() { for loss in succession.takeLosses(of: path) { post(loss) } }

    private mutating func notice() throws(LogFault) {
        guard !stopped, let file = current?.file else { return }
        if let next = try succession.notice(path, after: file, since: began - 1_000_000_000, read, watch) {
            watch.watch(next)
        }
    }

    private mutating func openFirst() throws(LogFault) {
        let file = try succession.first(path, watch)
        let size = file.size
        var offset: UInt64 = 0
        if isFirst, case .tail(let bytes) = start, UInt64(max(0, bytes)) < size {
            offset = size - UInt64(max(0, bytes))
            skipsFirstLine = try file.bytes(at: offset - 1, count: 1) != [0x0A]
        }
        isFirst = false
        adopt(FollowedFile(file, from: offset), size: size)
        try readOn()
    }

    private mutating func adopt(_ followed: FollowedFile, size: UInt64) {
        read.begin(followed.file)
        watch.watch(followed.file)
        splitter = LineSplitter(offset: followed.offset)
        current = followed
        post(.opened(name: SiblingFiles.split(path).base, size: size))
    }

    /// Reads to the end; of a file that turns out to be truncated, from its start to its end.
    private mutating func readOn() throws(LogFault) {
        while !stopped, var followed = current {
            // Nothing is taken of an empty file: before its first bytes come, others may have come and gone.
            if isRestarted, try !readCopiesBefore(&followed) { return catchUp() }
            let outcome = try followed.read {
                // Long reading must not make the follower blind to what happens to the name meanwhile.
                try? notice()
                return handOver($0)
            }
            current = followed
            switch outcome {
            case .end: return catchUp()
            case .changed: try restart(followed)
            }
        }
    }

    private mutating func catchUp() {
        guard !isCaughtUp, !stopped else { return }
        isCaughtUp = true
        post(.caughtUp)
    }

    // MARK: Truncation

    /// The file was truncated or rewritten in place: what was not read before is looked for in a copy beside it.
    private mutating func restart(_ old: FollowedFile) throws(LogFault) {
        var rest: FollowedFile?
        for sibling in siblings()
        where rest == nil && sibling.face.identity != old.file.identity && !read.contains(sibling) {
            guard let copy = try? OpenFile(path: sibling.path), old.isCopied(in: copy) else { continue }
            rest = try readWhole(FollowedFile(copy, from: old.offset))
        }
        if let rest {
            read.insert(rest)
        } else if old.knownSize > old.offset {
            post(.lost(bytes: old.knownSize - old.offset))
        }
        if let line = splitter.finish() { post(.lines([line])) }
        splitter = LineSplitter()
        current = old.restarted()
        isRestarted = true
        post(.truncated)
    }

    /// Before the first bytes of a truncated file are taken: what was written and truncated away since the last look stands
    /// in copies beside it. A copy that begins like the file itself is of the bytes to come.
    /// - Returns: whether there are first bytes.
    private mutating func readCopiesBefore(_ followed: inout FollowedFile) throws(LogFault) -> Bool {
        let first = try followed.file.bytes(at: 0, count: 4096)
        guard !first.isEmpty else { return false }
        followed.expected = first
        isRestarted = false
        let identity = followed.file.identity
        let beside = siblings()
        var missed: [OpenFile] = []
        let unread = beside.filter { $0.face.identity != identity && !read.contains($0) }
        for sibling in SiblingFiles.inWritingOrder(unread, after: read.last ?? identity, among: beside) {
            guard let file = try? OpenFile(path: sibling.path) else { continue }
            let start = (try? file.bytes(at: 0, count: first.count)) ?? []
            if !start.isEmpty, !start.starts(with: first), !first.starts(with: start) { missed.append(file) }
        }
        if missed.isEmpty { return true }
        try readMissed(missed)
        splitter = LineSplitter()
        return true
    }

    // MARK: Rotation

    private mutating func change(to successor: Succession.Successor) throws(LogFault) {
        try readOn()
        guard !stopped, let old = current else { return }
        read.insert(old)
        if let line = splitter.finish() { post(.lines([line])) }
        sayLosses()
        try readMissed(successor.before)
        post(.rotated)
        isRestarted = false
        succession.advance()
        adopt(read.progress(in: successor.file) ?? FollowedFile(successor.file), size: successor.file.size)
        try readOn()
    }

    /// Files that came and went between two looks, whole.
    private mutating func readMissed(_ files: [OpenFile]) throws(LogFault) {
        for file in files {
            let progress = read.progress(in: file)
            if progress == nil, read.containsCopied(file) {
                read.insert(file)
                continue
            }
            post(.rotated)
            splitter = LineSplitter(offset: progress?.offset ?? 0)
            read.insert(try readWhole(progress ?? FollowedFile(file)))
            if let line = splitter.finish() { post(.lines([line])) }
        }
    }

    private func siblings() -> [SiblingFiles.Sibling] {
        SiblingFiles.beside(path, changedSince: began - 1_000_000_000)
    }

    private mutating func readWhole(_ file: FollowedFile) throws(LogFault) -> FollowedFile {
        var followed = file
        _ = try followed.read {
            try? notice()
            return handOver($0)
        }
        return followed
    }

    // MARK: Handing over

    private mutating func handOver(_ bytes: [UInt8]) -> Bool {
        if handsOutBlocks, !skipsFirstLine { return handOverBlock(bytes) }
        var lines = splitter.split(bytes)
        if skipsFirstLine, !lines.isEmpty {
            skipsFirstLine = false
            lines.removeFirst()
            for index in lines.indices { lines[index].number -= 1 }
            splitter.countFromHere(lines.count + 1)
        }
        var rest = lines[...]
        while !rest.isEmpty, !stopped {
            post(.lines(Array(rest.prefix(2000))))
            rest = rest.dropFirst(2000)
        }
        if !lines.isEmpty { lastHandOver = ContinuousClock.now }
        sayEndless(lines.isEmpty)
        return !stopped
    }

    private mutating func handOverBlock(_ bytes: [UInt8]) -> Bool {
        let (lines, block) = splitter.block(of: bytes)
        if !lines.isEmpty { post(.lines(lines)) }
        if let block { post(.block(block)) }
        if !lines.isEmpty || block != nil { lastHandOver = ContinuousClock.now }
        sayEndless(lines.isEmpty && block == nil)
        return !stopped
    }

    /// What has no line feed gives no line, however much of it there is: that must not look like a log without news.
    private mutating func sayEndless(_ isStill: Bool) {
        guard isStill, splitter.pending > splitter.cap else { return isSaidEndless = false }
        guard !isSaidEndless else { return }
        isSaidEndless = true
        post(
            .trouble(
                "the last \(splitter.pending >> 20) MiB of \(path) have no line end: is this a log? The line is "
                    + "shown when it ends"))
    }

    /// Waits while the listener has 64 events before it.
    private mutating func post(_ event: LogSourceEvent) {
        while !stopped {
            switch listener.yield(event) {
            case .enqueued: return
            case .terminated: stopped = true
            case .dropped:
                if !watch.wait(milliseconds: 2, writes: false) { stopped = true }
                try? notice()
            @unknown default: return
            }
        }
    }
}
