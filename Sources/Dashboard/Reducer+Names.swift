import DNS
import Triage

/// The name system's side of the reducer.
extension Dashboard {
    mutating func answered(_ subject: DNSSubject, _ answer: DNSAnswer) -> [Effect] {
        guard incident.examinations[subject] != nil else { return [] }  // forgotten meanwhile
        incident.insert(answer, for: subject)
        raiseBadge(.exchangers)
        let questions = incident.takeQuestions(of: subject)
        var effects: [Effect] = questions.isEmpty ? [] : [.ask(subject, questions)]
        if let domain = incident.takePolicyDomain(of: subject) { effects.append(.fetchPolicy(subject, domain)) }
        return effects
    }
}
