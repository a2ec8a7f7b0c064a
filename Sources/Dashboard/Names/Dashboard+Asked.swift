import Canvas
import DNS
import MailVocabulary
import Triage

/// Who was asked, and what that is worth.
extension Dashboard {
    /// What the checks of the DNS found. Where the system has no name server that is the finding, and not that nobody answers.
    var dnsFindings: [Finding] {
        let findings = incident.nameFindings + senderFindings
        guard let fault = settings.resolverFault else { return findings }
        return findings.map { finding in
            guard finding.kind == ResolverAnswers.down else { return finding }
            let message: Phrase = "no name server is configured: \(fault)"
            return Finding(ResolverAnswers.notConfigured, about: finding.subject, message)
        }
    }

    /// Why DNSSEC cannot be judged: no fault of the domain, and yet something that is to be known of what stands below.
    func obstacleRows(_ columns: Int) -> [Row] {
        let obstacle = incident.nameFindings.first { $0.kind.code == "dns.dnssec.not-validated" }
        let lines = obstacle.map { say($0.phrase).wrapped(to: max(10, columns - 2)) } ?? []
        return lines.map { Row([Span("  "), Span($0, .muted)]) }
    }

    /// The servers that answered, or were silent.
    var askedRow: Row {
        var servers: [String] = []
        for answer in incident.subjects.flatMap({ incident.examinations[$0]?.answers.inOrder ?? [] }) {
            let server = "\(answer.server)"
            if !servers.contains(server) { servers.append(server) }
        }
        if servers.isEmpty { servers = [settings.resolverName] }
        return row("asked \(servers.joined(separator: ", "))", .muted)
    }
}
