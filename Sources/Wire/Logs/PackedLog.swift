import MailLog

/// A packed log, `mail.log.2.gz`: it does not grow, so it is read once, unpacked on the way, and has ended.
struct PackedLog {
    let path: String
    let start: LogFollower.Start

    /// What a line takes beside its bytes: a file of empty lines is not small.
    private static let lineCost = 64

    func events() -> AsyncStream<LogSourceEvent> {
        ChildFollower.stream { stop, feeder in read(stop, &feeder) }
    }

    private func read(_ stop: StopPipe, _ feeder: inout LineFeeder) {
        if LogFile.identity(path) != nil {
            feeder.post(.opened(name: SiblingFiles.split(path).base, size: LogFile.unpackedSize(path)))
        }
        var (splitter, kept, size) = (LineSplitter(), [RawLogLine](), 0)
        do throws(LogFault) {
            try LogFile.read(path: path) { chunk in
                splitter.forEachLine(in: chunk) { line, number, offset, cut in
                    kept.append(
                        RawLogLine(number: number, offset: offset, bytes: line.indices.map { line[$0] }, cut: cut))
                    size += line.count + Self.lineCost
                }
                switch start {
                case .beginning:
                    feeder.post(.lines(kept))
                    (kept, size) = ([], 0)
                case .tail(let limit): trim(&kept, &size, to: limit)
                }
                return !feeder.isStopped && stop.wait(for: [], milliseconds: 0) != nil
            }
        } catch {
            feeder.post(.trouble(error.sentence))
        }
        if let last = splitter.finish() { kept.append(last) }
        for start in stride(from: 0, to: kept.count, by: 2000) where !feeder.isStopped {
            feeder.post(.lines(Array(kept[start..<min(start + 2000, kept.count)])))
        }
        feeder.post(.caughtUp)
        feeder.post(.ended)
    }

    /// Keeps the last lines only. Seldom, because it moves all that stay.
    private func trim(_ kept: inout [RawLogLine], _ size: inout Int, to limit: Int) {
        guard size > 2 * limit else { return }
        var surplus = 0
        while size > limit, surplus < kept.count {
            size -= kept[surplus].bytes.count + Self.lineCost
            surplus += 1
        }
        kept.removeFirst(surplus)
    }
}
