import DNS
import MailVocabulary

extension DNSAnswer.Outcome {
    /// The answer in a few words, the kinds of "no answer" kept apart.
    public func words(for answer: DNSAnswer) -> Phrase {
        let took: Phrase = "in \(answer.took.brief) from \(answer.server)"
        switch self {
        case .found:
            let records = answer.records.map(\.data.words)
            return records.isEmpty ? "an alias only, \(took)" : "\(records.joined(separator: ", ")), \(took)"
        case .absent(let absence): return "absent (\(absence.rawValue)), \(took)"
        case .refused: return "the server refused to answer, \(took)"
        case .serverFailure: return "server failure (SERVFAIL), \(took)"
        case .lame: return "the server does not know the zone (lame), \(took)"
        case .otherError(let code): return "error code \(code), \(took)"
        case .silent: return "no answer after \(answer.took.brief) from \(answer.server)"
        case .unreachable(let why): return "name server unreachable: \(why)"
        case .malformed(let what): return "malformed answer (\(what)), \(took)"
        }
    }
}

extension RecordData {
    /// The record in its master-file words, without name and type.
    public var words: String {
        switch self {
        case .address(let address): address.description
        case .exchange(let exchanger): "\(exchanger.preference) \(exchanger.exchange)"
        case .name(let name): name.description
        case .text(let strings): strings.map { String(decoding: $0, as: UTF8.self) }.joined()
        case .startOfAuthority(let primary, let serial, _): "\(primary) \(serial)"
        case .other(let bytes): "\(bytes.count) bytes"
        }
    }
}
