/// What a scan counts of a log.
struct ScanFacts {
    var lineCount = 0
    var understoodCount = 0
    var announcedCount = 0
    var refusedAtTCPCount = 0

    static func + (left: ScanFacts, right: ScanFacts) -> ScanFacts {
        ScanFacts(
            lineCount: left.lineCount + right.lineCount, understoodCount: left.understoodCount + right.understoodCount,
            announcedCount: left.announcedCount + right.announcedCount,
            refusedAtTCPCount: left.refusedAtTCPCount + right.refusedAtTCPCount)
    }
}
