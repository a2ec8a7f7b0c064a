import Glibc
import SMTP

/// A session on disk as it happens: `NAME.session` to open again, `NAME.txt` to read.
///
/// A fault is said once, in words, and the session goes on unsaved.
final class TranscriptFile {
    private let folder: String
    private let plan: SessionPlan
    private var journal: OwnedFile?
    private var text: OwnedFile?

    init(folder: String, plan: SessionPlan) { (self.folder, self.plan) = (folder, plan) }

    /// Makes the folder and the files.
    /// - Returns: what went wrong, in words.
    func open() -> String? {
        guarded { () throws(OwnedFile.Fault) in
            try OwnedFile.makeFolder(folder)
            let stem = SessionFileName.stem(at: time(nil), host: plan.target.name)
            var number = 1
            // Sessions of one second get a number.
            while journal == nil {
                let name = number == 1 ? stem : "\(stem)-\(number)"
                do throws(OwnedFile.Fault) { journal = try OwnedFile(name + ".session", in: folder) } catch {
                    guard error.number == EEXIST, number < 100 else { throw error }
                    number += 1
                    continue
                }
                text = try OwnedFile(name + ".txt", in: folder)
            }
            try journal?.append(SessionJournal.header(plan))
        }
    }

    /// - Returns: what went wrong, in words; nothing when it was said before.
    func append(_ event: SessionEvent) -> String? {
        guarded { () throws(OwnedFile.Fault) in
            try journal?.append(SessionJournal.line(event))
            try text?.append(TranscriptText.text(of: [event]))
        }
    }

    private func guarded(_ work: () throws(OwnedFile.Fault) -> Void) -> String? {
        do throws(OwnedFile.Fault) {
            try work()
            return nil
        } catch {
            (journal, text) = (nil, nil)
            return "the session is not saved: \(error)"
        }
    }
}

/// `20261121-194011-mx1.example.test`: sorts by time, and says whom it was with.
enum SessionFileName {
    static func stem(at time: time_t, host: String) -> String {
        var seconds = time
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        let safe = host.prefix(80).map {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_"
        }
        return [date.map(twoDigits).joined(), clock.map(twoDigits).joined(), String(safe)].joined(separator: "-")
    }

    private static func twoDigits(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
