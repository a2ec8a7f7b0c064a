import Canvas
import DNS
import MailVocabulary

/// SPF in the MX/DNS pane: what the record costs and includes, and what it makes of a sender.
extension Dashboard {
    /// The record's cost, then each term that costs a lookup, under the record that holds it. Nothing while it is looked up.
    func spfRows(_ examination: DNSExamination, indent: Int) -> [Row] {
        guard let tree = examination.spfTree, tree.lookups > 0 else { return [] }
        let words: Phrase =
            tree.isLowerBound
            ? "at least \(tree.lookups) of \(SPFLimit.lookups) lookups, \(tree.voids) of \(SPFLimit.voids) void"
            : "\(tree.lookups) of \(SPFLimit.lookups) lookups, \(tree.voids) of \(SPFLimit.voids) void"
        let isBroken = tree.lookups > SPFLimit.lookups || tree.voids > SPFLimit.voids
        let cost = Row([
            Span(PrintableText(blanks: indent)),
            Span(say(words), isBroken ? .permanent : .muted),
        ])
        return [cost] + branchRows(tree.root, indent: indent)
    }

    private func branchRows(_ node: SPFTree.Node, indent: Int) -> [Row] {
        node.branches.flatMap { branch -> [Row] in
            guard let number = branch.number else { return [] }
            let child = branch.nodes.first
            let remark = child?.problem ?? branch.remark
            let isBad = number > SPFLimit.lookups || branch.isVoid || child?.problem != nil
            let row = Row(
                [
                    Span(PrintableText(blanks: indent)),
                    Span(PrintableText(untrusted: "\(number)").padded(to: 3), .muted),
                    Span(PrintableText(untrusted: branch.term.text), isBad ? .dnsProblem : .text),
                    Span(remark.map { say("  \($0)") } ?? "", .muted),
                ], trailing: child.map { [Span(PrintableText(untrusted: $0.took.brief), .stepTime)] } ?? [])
            return [row] + branch.nodes.flatMap { branchRows($0, indent: indent + 2) }
        }
    }

    /// What SPF says of a sender, and the terms that decided.
    func senderRows(_ sender: SPFSender, _ examination: DNSExamination) -> [Row] {
        let verdict = examination.spfVerdict
        let words: Phrase = verdict.map { "SPF \($0.result.rawValue)" } ?? "SPF: asking"
        var rows = [
            Row([
                Span(settings.glyphs.open + " ", .muted),
                Span(say("\(sender.source) for \(sender.domain)"), .dnsName),
                Span("   " + say(words), verdict.map { role($0.result, sender) } ?? .muted),
            ])
        ]
        rows += (verdict?.path ?? []).map { step in
            Row([
                Span("  " + say("by").padded(to: 6), .muted), Span(PrintableText(untrusted: "\(step.domain) "), .muted),
                Span(PrintableText(untrusted: step.term), .text),
            ])
        }
        if let reason = verdict?.why {
            rows.append(Row([Span("  "), Span(say(reason), .muted)]))
        }
        return rows
    }

    private func role(_ result: SPFResult, _ sender: SPFSender) -> Role {
        switch result {
        case .pass: .text
        case .fail, .permerror: sender.isOwnSocket && sender.source.isPrivate ? .muted : .permanent
        case .softfail, .neutral, .none, .temperror: .temporary
        }
    }
}
