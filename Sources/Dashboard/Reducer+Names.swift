import DNS
import Triage

/// The name system's side of the reducer.
extension Dashboard {
    mutating func answered(_ subject: DNSSubject, _ answer: DNSAnswer) -> [Effect] {
        guard incident.examinations[subject] != nil else { return [] }  // forgotten meanwhile
        incident.insert(answer, for: subject)
        raiseBadge(.exchangers)
        let questions = incident.takeQuestions(of: subject)
        return questions.isEmpty ? [] : [.ask(subject, questions)]
    }
}
