import DNS
import MailVocabulary
import SMTP
import Triage

/// What the explanation proposes and a key can do.
extension Dashboard {
    /// The step of the explanation that `p` does: the first that can be done from here and whose answer is not known yet; when all
    /// are known, the first of them again. An index in `next`.
    func proposedStep(of explanation: ReplyExplanation) -> Int? {
        let possible = explanation.next.indices.filter { isPossible(explanation.next[$0]) }
        return possible.first { !isAnswered(explanation.next[$0], explanation) } ?? possible.first
    }

    private func isPossible(_ step: ReplyExplanation.Step) -> Bool {
        switch step.deed {
        case .send?: incident.session?.isOpen == true
        case .check(let check)?: check != .otherExchanger || nextExchanger != nil
        case .retry?: true
        case nil: false
        }
    }

    /// Whether the step is a check that has marked one of the causes already.
    private func isAnswered(_ step: ReplyExplanation.Step, _ explanation: ReplyExplanation) -> Bool {
        guard case .check(let check)? = step.deed else { return false }
        return explanation.causes.contains { $0.check == check && incident.verdict(on: $0, of: explanation) != nil }
    }

    /// Does that step.
    mutating func probe() -> [Effect] {
        guard let explanation = explanation?.explanation else { return [] }
        guard let index = proposedStep(of: explanation), let deed = explanation.next[index].deed else {
            notice = Notice("nothing here that a key could do: the steps are for people")
            return []
        }
        switch deed {
        case .send(let line): return order(.type(line))
        case .retry(let minutes): return retry(after: RetryTimer.wait(explanation, minutes: minutes))
        case .check(let check): return perform(check, explanation)
        }
    }

    private mutating func perform(_ check: CauseCheck, _ explanation: ReplyExplanation) -> [Effect] {
        switch check {
        case .addressName, .addressConfirmed, .helloName, .exchangers, .nullExchanger, .senderExchangers, .senderPolicy,
            .alignment, .blockList:
            let evidence = examineEvidence()
            show(.exchangers)
            if [.senderPolicy, .alignment].contains(check), let local = incident.session?.local?.address,
                local.isPrivate
            {
                notice = Notice(
                    "\(local) is private: SPF is about the address that the receiver sees; porthole check DOMAIN --source ADDRESS"
                )
            }
            guard evidence.isEmpty else { return evidence }
            if check == .blockList, !incident.hasListing {
                notice = Notice(unlistedWords(explanation))
                return []
            }
            let again = examineAgain()
            return again + examineEvidence()
        case .connection, .greetingTime, .handshake: return startSession(upTo: settings.stopAfter)
        case .otherExchanger:
            guard let host = nextExchanger else { return [] }
            return connect(to: host) { $0.startSession(upTo: $0.settings.stopAfter) }
        case .offersTLS, .offersAuthentication, .size, .signature:
            let verdicts = explanation.causes.filter { $0.check == check }
                .compactMap { incident.verdict(on: $0, of: explanation) }
            guard let verdict = verdicts.first else {
                guard check == .size else { return run() }
                let limit = incident.session?.capabilities.first { $0.name == "SIZE" }?.parameters.first
                notice = Notice(
                    limit.map { "EHLO allows \($0) octets; the size of our message is known when it is sent: S" }
                        ?? "EHLO names no SIZE to compare with")
                return []
            }
            notice = Notice(verdict.words)
            return []
        }
    }

    /// Why no block list can be asked.
    private func unlistedWords(_ explanation: ReplyExplanation) -> Phrase {
        if let address = incident.evidenceAddress(explanation.captured["ip"]), address.isPrivate {
            return "\(address) is no public address: no block list has it"
        }
        return "the reply names no list: porthole check ADDRESS --dnsbl LIST asks one"
    }

    /// Looks up what the causes of the explanation rest on, beyond target and recipient; what is known is not asked again.
    mutating func examineEvidence() -> [Effect] {
        guard let explanation = explanation?.explanation else { return [] }
        var effects: [Effect] = []
        for check in Set(explanation.causes.compactMap(\.check)).sorted(by: { $0.rawValue < $1.rawValue }) {
            for subject in incident.subjects(of: check, explanation.captured) { effects += examine(subject) }
        }
        return effects
    }

    /// The exchanger to try after the one of this session, as a target: the next in the list of the domain.
    private var nextExchanger: String? {
        guard let session = incident.session else { return nil }
        let names = session.exchangers.compactMap { $0.split(separator: " ").last.map(String.init) }
        guard let host = session.host, let index = names.firstIndex(of: host), index + 1 < names.count else {
            return nil
        }
        return "\(names[index + 1]):\(session.plan.target.port)"
    }
}

extension Incident {
    /// A block list was asked.
    fileprivate var hasListing: Bool {
        subjects.contains { if case .listing = $0 { true } else { false } }
    }

    /// What has to be examined for `check`, given what the reply names; empty for checks that rest on the conversation or on what is
    /// examined anyway.
    fileprivate func subjects(of check: CauseCheck, _ captured: [String: String]) -> [DNSSubject] {
        switch check {
        case .addressName, .addressConfirmed:
            return evidenceAddress(captured["ip"]).map { [.address($0, role: .source)] } ?? []
        case .senderExchangers, .alignment:
            return senderDomain.map { [.domain($0)] } ?? []
        case .helloName:
            return session.flatMap { DNSName($0.plan.helloName) }
                .flatMap { $0.labels.count > 1 ? [.domain($0)] : nil } ?? []
        case .blockList:
            guard let address = evidenceAddress(captured["ip"]), !address.isPrivate,
                let list = captured["list"].flatMap({ DNSName($0) }), list.labels.count > 1
            else { return [] }
            return [.listing(address, on: [list])]
        case .exchangers, .nullExchanger, .senderPolicy, .signature, .offersTLS, .handshake, .offersAuthentication,
            .size, .connection, .otherExchanger, .greetingTime:
            return []
        }
    }
}

extension CauseCheck {
    /// The key that makes the check; `nil` where no key can, or the conversation tells by itself.
    var key: StaticString? {
        switch self {
        case .addressName, .addressConfirmed, .helloName, .exchangers, .nullExchanger, .senderExchangers, .senderPolicy,
            .alignment:
            "d"
        case .connection, .greetingTime, .handshake, .offersTLS, .offersAuthentication: "R"
        case .size: "S"
        case .blockList, .otherExchanger: "p"
        case .signature: nil
        }
    }
}
