import DNS
import MailVocabulary

extension DNSAnswer.Outcome {
    /// One or two words; the six kinds of "no answer" are six different ones.
    public var phrase: Phrase {
        switch self {
        case .found: "found"
        case .absent(.noSuchName): "absent: no such name"
        case .absent(.noSuchRecord): "absent: no such record"
        case .absent(.aliasLoop): "absent: the aliases lead in a circle"
        case .absent(.aliasChain): "absent: too many aliases in a row"
        case .refused: "refused by the server"
        case .serverFailure: "servfail"
        case .lame: "lame: the server does not know the zone"
        case .otherError(let code): "error \(code)"
        case .silent: "silent: no answer"
        case .unreachable(let why): "unreachable: \(Phrase(said: why))"
        case .malformed(let what): "malformed: \(Phrase(said: "\(what)"))"
        }
    }
}
