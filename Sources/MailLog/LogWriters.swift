/// Tells which of several log files were written by different gateways: each counts its ICIDs and MIDs for itself, and its own
/// file does not name it.
///
/// Mail logs of different names that were written at the same time are of two gateways. One that begins when the other has
/// ended is taken for its continuation, and what is no mail log, a debug log beside it, is of the first gateway.
public enum LogWriters {
    /// A file by its name, with lines of its beginning and of its end; none where they are not known.
    public struct File: Sendable {
        let log: String
        let isGateway: Bool
        let part: LogPart

        public init(path: String, lines: [RawLogLine]) {
            log = RotationOrder.log(of: path)
            part = LogPart([], lines: lines)
            isGateway = lines.contains { line in
                guard let frame = LineFrame(line.bytes.span), frame.host.isEmpty,
                    let gateway = GatewayLine(line.bytes.span, frame)
                else { return false }
                // Every log of a gateway begins with notes of the machine.
                if case .unknown = gateway.event { return false }
                if case .system = gateway.event { return false }
                return true
            }
        }
    }

    /// The number of each file's writer, from 0.
    public static func numbers(of files: [File]) -> [Int] {
        var (writers, count) = ([String: Int](), 0)
        var known: [(log: String, part: LogPart)] = []
        for file in files where file.isGateway {
            if writers[file.log] == nil {
                let isBeside = known.contains { $0.part.overlaps(file.part) }
                writers[file.log] = isBeside ? count : 0
                count = max(count, 1) + (isBeside ? 1 : 0)
            }
            known.append((file.log, file.part))
        }
        return files.map { writers[$0.log] ?? 0 }
    }
}
