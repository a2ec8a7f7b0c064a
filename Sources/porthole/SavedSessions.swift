import Dashboard
import FoundationEssentials
import MailVocabulary
import SMTP
import Wire

/// The sessions in the state folder.
enum SavedSessions {
    /// Older ones are not listed.
    static let most = 300

    /// Newest first; what cannot be read says so.
    static func list(in folder: String?) -> [SavedSession] {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        let stems = names.filter { $0.hasSuffix(".session") }.map { String($0.dropLast(".session".count)) }
        return stems.sorted(by: >).prefix(most).map { stem in
            let path = "\(folder)/\(stem).session"
            do {
                let record = try record(of: path, limit: 1 << 20)
                return SavedSession(
                    path: path, name: stem, target: record.plan.target.typed, outcome: outcome(of: record),
                    isRefused: record.decidingRefusal != nil || record.closed?.isOrderly == false)
            } catch {
                return SavedSession(path: path, name: stem, target: "", outcome: "\(error)", isRefused: true)
            }
        }
    }

    /// - Throws: an error whose description is one sentence.
    static func record(of path: String, limit: Int = 64 << 20) throws -> SessionRecord {
        guard let journal = SessionJournal(try SmallFile.read(path, limit: limit)) else {
            throw NewFile.Fault(
                description: "\(path) is not a session of Porthole: its first line is not \"\(SessionJournal.version)\""
            )
        }
        return journal.legibleRecord
    }

    private static func outcome(of record: SessionRecord) -> String {
        if let index = record.decidingRefusal, case .received(let reply, let stage, _, _, _) = record.events[index].fact
        {
            return "\(stage.rawValue): \(reply.code) \(reply.texts.first ?? "")"
        }
        if record.messagesAccepted > 0 { return "sent \(record.messagesAccepted)" }
        guard let closed = record.closed else { return "not ended: cut off at \(record.stage.rawValue)" }
        return closed.isOrderly ? "nothing was refused" : closed.words
    }
}
