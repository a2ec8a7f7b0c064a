/// Where every line of the log stands, and which line of the same identifier came before it: six bytes a line.
///
/// Lines are counted by ordinals from 0 in the order of arrival, because line numbers start anew when a log is rotated.
struct LineLedger: Sendable {
    /// A stretch of consecutive lines of one file.
    private struct Stretch { var ordinal: Int, number: Int, offset: UInt64 }

    private(set) var count = 0
    /// For each line, one more than the ordinal of the line before it with the same owner; 0 is none.
    private var previous: [UInt32] = []
    /// Bytes of each line with its line end; 0xFFFF means: look into `long`.
    private var lengths: [UInt16] = []
    private var long: [Int: UInt64] = [:]
    /// The offset of every 64th line.
    private var marks: [UInt64] = []
    private var stretches: [Stretch] = []
    /// The ordinals of the first lines of all files but the first.
    private var files: [Int] = []
    private var last: (number: Int, offset: UInt64) = (0, 0)

    /// Counts a line in.
    mutating func begin(number: Int, offset: UInt64) {
        if count > 0, number == last.number &+ 1, offset > last.offset {
            let length = offset - last.offset
            if length < 0xFFFF {
                lengths.append(UInt16(length))
            } else {
                lengths.append(0xFFFF)
                long[count - 1] = length
            }
        } else {
            if count > 0 { lengths.append(0) }
            stretches.append(Stretch(ordinal: count, number: number, offset: offset))
        }
        if count & 63 == 0 { marks.append(offset) }
        previous.append(0)
        last = (number, offset)
        count += 1
    }

    /// The lines that follow are another file's.
    mutating func beginFile() {
        files.append(count)
        last = (-1, 0)
    }

    /// Puts the newest line at the end of the chain that ends at `chain`.
    mutating func link(to chain: inout UInt32) {
        guard count < Int(UInt32.max), chain != UInt32(count) else { return }
        previous[count - 1] = chain
        chain = UInt32(count)
    }

    /// The ordinals of a chain, newest first.
    func forEach(in chain: UInt32, _ body: (Int) -> Void) {
        var next = chain
        while next > 0 {
            body(Int(next) - 1)
            next = previous[Int(next) - 1]
        }
    }

    /// Whether a line is in a chain.
    func contains(_ ordinal: Int, in chain: UInt32) -> Bool {
        var next = chain
        while next > UInt32(ordinal) + 1 { next = previous[Int(next) - 1] }
        return next == UInt32(ordinal) + 1
    }

    /// Which file the line is of, from 0.
    func file(of ordinal: Int) -> Int { files.count { $0 <= ordinal } }

    /// The number and offset of a line in its file.
    func place(of ordinal: Int) -> (number: Int, offset: UInt64) {
        var (low, high) = (0, stretches.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if stretches[middle].ordinal <= ordinal { low = middle } else { high = middle }
        }
        let stretch = stretches[low]
        let mark = ordinal & ~63
        var (from, offset) = mark >= stretch.ordinal ? (mark, marks[mark / 64]) : (stretch.ordinal, stretch.offset)
        while from < ordinal {
            offset += lengths[from] == 0xFFFF ? long[from] ?? 0 : UInt64(lengths[from])
            from += 1
        }
        return (stretch.number + ordinal - stretch.ordinal, offset)
    }
}
