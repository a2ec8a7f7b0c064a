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

    var text: String {
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
            return
                "\(called) was accepted from the client and then dropped, because the directory does not know the recipient: \(reason)"
        case "ldap-bounced":
            return "\(called) was returned to its sender, because the directory does not know the recipient: \(reason)"
        case "dmarc-rejected": return "\(called) was refused because of the sender domain's DMARC policy: \(reason)"
        case "milter-rejected": return "\(called) was refused by a content filter (milter): \(reason)"
        case "rat-rejected":
            return "\(called) was refused at RCPT: this gateway does not receive mail for that domain (\(firstDetail))"
        case "ldap-rejected":
            return "\(called) was refused at RCPT: the directory does not know the recipient (\(firstDetail))"
        case "throttled":
            return "\(called) was refused because of a rate limit: \(firstDetail.isEmpty ? failure : firstDetail)"
        case "too-big": return "\(called) was refused: \(failure)"
        case "lost":
            return "\(called) never arrived whole: the connection was lost\(failure.isEmpty ? "" : " (\(failure))")"
        case "aborted-by-sender": return "\(called) never arrived: the client gave it up (RSET or QUIT)"
        case "aborted": return "\(called) never arrived whole: \(reason)"
        case "quarantine-deleted": return "\(called) was deleted from quarantine: \(reason)"
        case "spam-quarantined": return "\(called) was put into the spam quarantine and not delivered"
        case "held": return "\(called) is on hold in the queue since \(since): \(reason)"
        case "quarantined":
            return "\(called) was \(reason.isEmpty ? "quarantined" : reason) and waits there since \(since)"
        case "conn-error":
            return "\(called) is still queued since \(since): probably \(troubleWords)"
        case "tls-out-failed":
            return
                "\(called) is still queued since \(since): probably the next hop\(troubleHop) failed at TLS: \(troubleReason)"
        case "queued": return "\(called) is queued since \(since); no delivery attempt is in the log yet"
        case "in-progress": return "\(called) is being received or scanned; nothing final is in the log yet"
        case "finished": return "\(called) is finished; how is not in this log"
        case "partly-delivered": return partly
        default: return ended
        }
    }

    // MARK: Parts

    private var called: String {
        let addresses = endings.map { named($0) }
        switch addresses.count {
        case 0: return name
        case 1: return "\(name) to \(addresses[0])"
        default: return "\(name) to \(addresses.count) recipients"
        }
    }

    private var since: String { Timestamp.timeOfDay(node.queuedAt) }

    private var firstDetail: String { endings.first?.detail ?? "" }

    private var failure: String { connection.map { builder.graph.texts.string($0.reason) } ?? "" }

    private var troubleReason: String { trouble.map { builder.graph.texts.string($0.reason) } ?? "" }

    private var troubleHop: String { trouble?.address.address.map { " \($0)" } ?? "" }

    private var troubleWords: String {
        let domain = trouble.map { builder.graph.texts.string($0.domain) } ?? ""
        return "the connection to\(troubleHop)\(domain.isEmpty ? "" : " for \(domain)") failed: \(troubleReason)"
    }

    private func named(_ ending: MessageStory.Ending) -> String {
        ending.address.isEmpty ? "a recipient that is not in this log" : "<\(ending.address)>"
    }

    /// One recipient's end.
    private func words(_ ending: MessageStory.Ending) -> String {
        let who = named(ending)
        let by = ending.hop.isEmpty ? "" : " by \(ending.hop)"
        let why = ending.detail.isEmpty ? "" : ": \(ending.detail)"
        switch ending.outcome {
        case .delivered: return "delivered to \(who)\(by)\(why)"
        case .delayed: return "still queued for \(who), delayed\(by)\(why)"
        case .bounced: return "bounced for \(who)\(ending.hop.isEmpty ? "" : ", refused by \(ending.hop)")\(why)"
        case .expired: return "not delivered to \(who) in time and returned to the sender\(why)"
        case .quarantined: return "quarantined for \(who)\(why)"
        case .dropped: return "dropped for \(who)\(why)"
        case .rejected: return "refused for \(who)\(why)"
        case .aborted: return "broken off for \(who)\(why)"
        case .pending: return "not yet delivered to \(who)\(why)"
        }
    }

    /// Delivered, delayed, bounced, expired, rejected: all recipients the same way.
    private var ended: String {
        guard let first = endings.first else { return "\(name): nothing final is in this log" }
        var text: String
        switch (first.outcome, endings.count) {
        case (.delayed, 1):
            text = "\(name) to \(named(first)) is still queued since \(since)"
            text +=
                ": delayed\(first.hop.isEmpty ? "" : " by \(first.hop)")\(first.detail.isEmpty ? "" : ": \(first.detail)")"
        case (_, 1): text = "\(name) was \(words(first))"
        case (.delivered, let count):
            let same = endings.allSatisfy { $0.hop == first.hop && $0.detail == first.detail }
            let how =
                same && !first.hop.isEmpty ? " by \(first.hop)\(first.detail.isEmpty ? "" : ": \(first.detail)")" : ""
            text = "\(name) was delivered to all \(count) recipients\(how)"
        case (_, let count):
            text = "\(name), \(count) recipients: \(endings.prefix(5).map { words($0) }.joined(separator: "; "))"
        }
        switch verdict {
        case "delayed": text += ", after a delay"
        case "quarantine-released": text += ", after its release from quarantine as \(children)"
        case "split": text += ", after it was split into \(children)"
        case "bcc-copy": text += "; a filter sent a copy as \(children)"
        case "rewritten": text += ", after a filter rewrote it to \(children)"
        case "double-bounced":
            text += "; the bounce \(children) could not be delivered either: the sender does not know"
        case "bounced", "expired":
            if !derived.isEmpty { text += "; the sender is told by \(children)" }
        default: break
        }
        return text
    }

    private var children: String { derived.prefix(5).map { $0.description }.joined(separator: " and ") }

    private var partly: String {
        let good = endings.count { $0.outcome == .delivered }
        let rest = endings.filter { $0.outcome != .delivered }.prefix(5).map { words($0) }
        return "\(name) was delivered to \(good) of \(endings.count) recipients; \(rest.joined(separator: "; "))"
    }
}
