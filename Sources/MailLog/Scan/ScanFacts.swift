/// What a scan counts of a log.
struct ScanFacts {
    var lineCount = 0
    /// Lines of the writer's of a known kind; a few that the scan cannot tell count as known.
    var understoodCount = 0
    /// Lines that another format may claim.
    var foreignCount = 0
    var announcedCount = 0
    var refusedAtTCPCount = 0

    static func + (left: ScanFacts, right: ScanFacts) -> ScanFacts {
        ScanFacts(
            lineCount: left.lineCount + right.lineCount, understoodCount: left.understoodCount + right.understoodCount,
            foreignCount: left.foreignCount + right.foreignCount,
            announcedCount: left.announcedCount + right.announcedCount,
            refusedAtTCPCount: left.refusedAtTCPCount + right.refusedAtTCPCount)
    }
}
