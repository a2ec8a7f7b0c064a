import Glibc
import Synchronization

/// A Cisco ESA text mail log, written line by line as things happen.
///
/// Every line is one `write` to a file opened for appending, so whoever follows it never sees half a line.
final class LabLog: Sendable {
    private let file: Mutex<Int32>
    private let counters: LabCounters
    private let now: @Sendable () -> LabTime
    private let observe: @Sendable (String) -> Void

    /// Makes the file, readable by its owner only.
    /// - Throws: `LabFailure` with the system's reason.
    init(
        path: String, counters: LabCounters, now: @escaping @Sendable () -> LabTime,
        observe: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LabFailure.system("cannot write the log \(path)") }
        file = Mutex(descriptor)
        (self.counters, self.now, self.observe) = (counters, now, observe)
    }

    deinit { file.withLock { _ = close($0) } }

    /// The lines that an appliance begins a file with, stamped `time`.
    func begin(at time: LabTime) {
        write("Begin Logfile", at: time)
        write("Version: 15.0.0-104 SN: 420D4FEA709365BFB3E3-0AF2EE5E700E", at: time)
        write("Time offset from UTC: \(time.offset) seconds", at: time)
    }

    /// Fills the line's slots and writes it, stamped with the present or with `time`.
    func write(_ line: LogLine, _ slots: inout LogSlots, at time: LabTime? = nil) {
        write(slots.text(line, next: counters.next), level: line.level, at: time)
    }

    /// Writes one line; `text` must have no line feed, as `escaped` gives it.
    func write(_ text: String, level: String = "Info", at time: LabTime? = nil) {
        // The stamp is read inside the lock, or two threads could write their lines out of order.
        let line = file.withLock { descriptor in
            let line = "\((time ?? now()).logStamp) \(level): \(text)"
            let bytes = Array((line + "\n").utf8)
            // A full disk is not worth a word: the lab lives in a temporary folder and its log is the only victim.
            _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            return line
        }
        observe(line)
    }

    /// Outside text on one line: control characters as `\n`, `\r`, `\t` and `\x1b`.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 9: result += "\\t"
            case 10: result += "\\n"
            case 13: result += "\\r"
            case 0..<32, 127..<160:
                result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
