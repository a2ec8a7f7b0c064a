import MailLog
import Wire

/// The files of a log that a question needs: the one that is followed, and the older ones beside it as far back as the question
/// reaches.
struct LogReach {
    /// The oldest first.
    let files: [String]
    /// How many older ones are left out.
    let unasked: Int

    /// - Parameter question: `nil` for one that has no beginning.
    init(_ path: String, _ question: LogQuestion?, format: String?) {
        let all = LogSet.rotated(path)
        let newest = all.reversed().lazy.compactMap { LogEdges.last(of: $0, format: format) }.first
        guard let question, question.since != nil, let newest else {
            (files, unasked) = (all, 0)
            return
        }
        var count = 0
        for path in all.reversed() {
            count += 1
            if let first = LogEdges.first(of: path, format: format), !question.reaches(beyond: first, newest: newest) {
                break
            }
        }
        (files, unasked) = (Array(all.suffix(count)), all.count - count)
    }

    /// The bytes that are to be read, unpacked.
    var size: UInt64 { files.reduce(0) { $0 + LogFile.unpackedSize($1) } }

    /// Which files these are, whatever names they have by then.
    var identities: [String?] { files.map { LogFile.identity($0) } }
}
