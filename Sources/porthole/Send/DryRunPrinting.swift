import SMTP

/// `send --dry-run`: what would be said, and nobody is spoken to.
struct DryRunPrinting {
    let plan: SessionPlan

    func perform(isJSON: Bool) throws -> ExitStatus {
        let run = DryRun(Stamp.completed(plan))
        if isJSON {
            try Output.json(DryRunJSON(target: plan.target.typed, lines: run.lines))
        } else {
            run.lines.forEach(Output.line)
        }
        return .done
    }
}

/// What `send --dry-run --json` prints.
struct DryRunJSON: Encodable {
    let version = 1
    let target: String
    /// `C:` lines in their order; `--` lines tell what is not a command.
    let lines: [String]
}
