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
