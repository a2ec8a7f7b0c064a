import MailVocabulary

/// A message's story in one sentence, for somebody who is woken by it.
struct MessageSentence {
    let name: String
    let verdict: String
    let endings: [MessageStory.Ending]
    let derived: [TraceKey]
    let builder: TraceBuilder
    let node: MessageNode
    let trouble: DeliveryNode?
    let connection: ConnectionNode?

    var phrase: Phrase {
        let reason = builder.graph.texts.string(node.reason)
        switch verdict {
        case "spam-dropped":
            return "\(called) was accepted from the client and then dropped as spam: \(reason); nobody is told"
        case "virus-dropped":
            return
                "\(called) was accepted from the client and then dropped because of a virus: \(reason); nobody is told"
        case "amp-dropped":
            return "\(called) was accepted from the client and then dropped as malware: \(reason); nobody is told"
        case "filter-dropped":
            return "\(called) was accepted from the client and then thrown away: \(reason); nobody is told"
        case "filter-bounced": return "\(called) was returned to its sender: \(reason)"
        case "ldap-dropped":
            return "\(called) was accepted from the client and then dropped, "
                + "because the directory does not know the recipient: \(reason)"
        case "ldap-bounced":
            return "\(called) was returned to its sender, because the directory does not know the recipient: \(reason)"
        case "dmarc-rejected": return "\(called) was refused because of the sender domain's DMARC policy: \(reason)"
        case "milter-rejected": return "\(called) was refused by a content filter (milter): \(reason)"
        case "rat-rejected":
            return "\(called) was refused at RCPT: this gateway does not receive mail for that domain (\(firstDetail))"
        case "ldap-rejected":
            return "\(called) was refused at RCPT: the directory does not know the recipient (\(firstDetail))"
        case "throttled":
            let why = firstDetail.isEmpty ? failure : firstDetail
            return "\(called) was refused because of a rate limit: \(why)"
        case "too-big": return "\(called) was refused: \(failure)"
        case "lost":
            let why = failure.isEmpty ? "" : " (\(failure))"
            return "\(called) never arrived whole: the connection was lost\(why)"
        case "aborted-by-sender": return "\(called) never arrived: the client gave it up (RSET or QUIT)"
        case "aborted": return "\(called) never arrived whole: \(reason)"
        case "quarantine-deleted": return "\(called) was deleted from quarantine: \(reason)"
        case "spam-quarantined": return "\(called) was put into the spam quarantine and not delivered"
        case "held": return "\(called) is on hold in the queue since \(since): \(reason)"
        case "quarantined":
            let how: Phrase = reason.isEmpty ? "quarantined" : Phrase(quoting: reason)
            return "\(called) was \(how) and waits there since \(since)"
        case "conn-error":
            return "\(called) is still queued since \(since): probably \(troubleWords)"
        case "tls-out-failed":
            return
                "\(called) is still queued since \(since): probably the next hop\(troubleHop) failed at TLS: \(troubleReason)"
        case "queued": return "\(called) is queued since \(since); no delivery attempt is in the log yet"
        case "in-progress": return "\(called) is being received or scanned; nothing final is in the log yet"
        case "accepted":
            return "\(called) was accepted from the client; what became of it stands in the mail log, which this is not"
        case "finished": return "\(called) is finished; how is not in this log"
        case "partly-delivered": return partly
        default: return ended
        }
    }

    // MARK: Parts

    private var called: Phrase {
        let addresses = endings.map { named($0) }
        switch addresses.count {
        case 0: return Phrase(quoting: name)
        case 1:
            let whom: Phrase = " to \(addresses[0])"
            return "\(name)\(whom)"
        default:
            let whom: Phrase = " to \(addresses.count) recipients"
            return "\(name)\(whom)"
        }
    }

    private var since: String { Timestamp.timeOfDay(node.queuedAt) }

    private var firstDetail: String { endings.first?.detail ?? "" }

    private var failure: String { connection.map { builder.graph.texts.string($0.reason) } ?? "" }

    private var troubleReason: String { trouble.map { builder.graph.texts.string($0.reason) } ?? "" }

    private var troubleHop: String { trouble?.address.address.map { " \($0)" } ?? "" }

    private var troubleWords: Phrase {
        let domain = trouble.map { builder.graph.texts.string($0.domain) } ?? ""
        let whose: Phrase = domain.isEmpty ? "" : " for \(domain)"
        return "the connection to\(troubleHop)\(whose) failed: \(troubleReason)"
    }

    private func named(_ ending: MessageStory.Ending) -> Phrase {
        ending.address.isEmpty ? "a recipient that is not in this log" : "<\(ending.address)>"
    }

    private func by(_ hop: String) -> Phrase { hop.isEmpty ? "" : " by \(hop)" }

    private func why(_ detail: String) -> String { detail.isEmpty ? "" : ": \(detail)" }

    /// One recipient's end.
    private func words(_ ending: MessageStory.Ending) -> Phrase {
        let (who, by, why) = (named(ending), by(ending.hop), why(ending.detail))
        switch ending.outcome {
        case .delivered: return "delivered to \(who)\(by)\(why)"
        case .delayed: return "still queued for \(who), delayed\(by)\(why)"
        case .bounced:
            let refused: Phrase = ending.hop.isEmpty ? "" : ", refused by \(ending.hop)"
            return "bounced for \(who)\(refused)\(why)"
        case .expired: return "not delivered to \(who) in time and returned to the sender\(why)"
        case .quarantined: return "quarantined for \(who)\(why)"
        case .dropped: return "dropped for \(who)\(why)"
        case .rejected: return "refused for \(who)\(why)"
        case .aborted: return "broken off for \(who)\(why)"
        case .pending: return "not yet delivered to \(who)\(why)"
        }
    }

    /// Delivered, delayed, bounced, expired, rejected: all recipients the same way.
    private var ended: Phrase {
        guard let first = endings.first else { return "\(name): nothing final is in this log" }
        switch (first.outcome, endings.count) {
        case (.delayed, 1):
            return "\(called) is still queued since \(since): delayed\(by(first.hop))\(why(first.detail))\(sequel)"
        case (_, 1): return "\(name) was \(words(first))\(sequel)"
        case (.delivered, let count):
            let isSame = endings.allSatisfy { $0.hop == first.hop && $0.detail == first.detail } && !first.hop.isEmpty
            let by = isSame ? by(first.hop) : ""
            let why = isSame ? why(first.detail) : ""
            return "\(name) was delivered to all \(count) recipients\(by)\(why)\(sequel)"
        case (_, let count):
            let ends = Phrase.list(endings.prefix(5).map { words($0) })
            return "\(name), \(count) recipients: \(ends)\(sequel)"
        }
    }

    /// What else happened on the way, or comes of it.
    private var sequel: Phrase {
        switch verdict {
        case "delayed": ", after a delay"
        case "quarantine-released": ", after its release from quarantine as \(children)"
        case "split": ", after it was split into \(children)"
        case "bcc-copy": "; a filter sent a copy as \(children)"
        case "rewritten": ", after a filter rewrote it to \(children)"
        case "double-bounced" where derived.isEmpty:
            "; the bounce could not be delivered either: the sender does not know"
        case "double-bounced": "; the bounce \(children) could not be delivered either: the sender does not know"
        case "bounced", "expired": derived.isEmpty ? "" : "; the sender is told by \(children)"
        default: ""
        }
    }

    private var children: Phrase { Phrase.list(derived.prefix(5).map { Phrase(quoting: $0.description) }, by: " and ") }

    private var partly: Phrase {
        let good = endings.count { $0.outcome == .delivered }
        let rest = Phrase.list(endings.filter { $0.outcome != .delivered }.prefix(5).map { words($0) })
        return "\(name) was delivered to \(good) of \(endings.count) recipients; \(rest)"
    }
}
