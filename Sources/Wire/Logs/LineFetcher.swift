import Glibc
import MailLog

/// Reads single lines of scanned files in full, and makes the index of them.
struct LineFetcher {
    let files: [OpenFile]
    /// The file of each scan.
    let stretches: [Int]
    /// The number of lines of each scan.
    let counts: [Int]
    /// The writer of each file.
    let writers: [Int]

    /// - Returns: nothing when a file is no longer what it was when it was scanned.
    func index(_ search: FamilySearch) throws(LogFault) -> TraceIndex? {
        var index = TraceIndex()
        var (scan, file, before) = (-1, 0, 0)
        var places = search.places()[...]
        while let place = places.first {
            while scan < place.scan {
                scan += 1
                before = scan > 0 && stretches[scan] == stretches[scan - 1] ? before + counts[scan - 1] : 0
            }
            while file < stretches[scan] {
                file += 1
                index.beginFile(writer: writers[file])
            }
            let block = search.block(of: place).bytes
            let first = place.line - search.block(of: place).linesBefore
            let here = places.prefix { $0.scan == place.scan && $0.line < first + 64 }
            places = places.dropFirst(here.count)
            let wanted = Set(here.map { $0.line + before + 1 })
            guard try append(to: &index, wanted, block, in: files[file], firstNumber: first + before + 1) else {
                return nil
            }
        }
        return index
    }

    private func append(
        to index: inout TraceIndex, _ wanted: Set<Int>, _ block: Range<UInt64>, in file: OpenFile, firstNumber: Int
    ) throws(LogFault) -> Bool {
        if block.count > LineFetcher.longBlock {
            return try appendSplit(to: &index, wanted, block, in: file, firstNumber: firstNumber)
        }
        let bytes = try file.bytes(at: block.lowerBound, count: block.count)
        var (number, start, left) = (firstNumber, 0, wanted.count)
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            while left > 0, start < buffer.count {
                let found = unsafe memchr(base.advanced(by: start), 0x0A, buffer.count - start)
                let end = unsafe found.map { unsafe UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? buffer.count
                if wanted.contains(number) {
                    let stop = unsafe end > start && buffer[end - 1] == 0x0D ? end - 1 : end
                    let line = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: buffer[start..<stop]))
                    index.append(line, number: number, offset: block.lowerBound + UInt64(start))
                    left -= 1
                }
                (number, start) = (number + 1, end + 1)
            }
        }
        return left == 0
    }

    /// Blocks that are longer hold lines that are to be cut, as `LineSplitter` does it.
    private static let longBlock = 1 << 20

    private func appendSplit(
        to index: inout TraceIndex, _ wanted: Set<Int>, _ block: Range<UInt64>, in file: OpenFile, firstNumber: Int
    ) throws(LogFault) -> Bool {
        var splitter = LineSplitter(number: firstNumber, offset: block.lowerBound)
        var (position, found) = (block.lowerBound, 0)
        while position < block.upperBound {
            let bytes = try file.bytes(at: position, count: min(256 << 10, Int(block.upperBound - position)))
            if bytes.isEmpty { return false }
            position += UInt64(bytes.count)
            splitter.forEachLine(in: bytes.span) { line, number, offset, _ in
                guard wanted.contains(number) else { return }
                index.append(line, number: number, offset: offset)
                found += 1
            }
        }
        if let line = splitter.finish(), wanted.contains(line.number) {
            index.append(line)
            found += 1
        }
        return found == wanted.count
    }
}
