import Canvas
import DNS
import MailVocabulary

/// DKIM in the MX/DNS pane: the keys that are there.
extension Dashboard {
    /// The domain, and each key that was found or is known to be in use.
    func signerRows(_ domain: DNSName, _ selectors: [DKIMSelector], _ examination: DNSExamination) -> [Row] {
        var rows = [
            Row([
                Span(settings.glyphs.open + " ", .muted), Span(PrintableText(untrusted: domain.description), .dnsName),
                Span("   DKIM", .muted),
            ])
        ]
        for finding in examination.findings where finding.kind.severity <= .note {
            rows.append(Row([Span("  "), Span(say(finding.phrase), .text)]))
        }
        if !examination.isFinished {
            rows.append(Row([Span(say("  asking for \(selectors.count) names"), .muted)]))
        }
        return rows
    }
}
