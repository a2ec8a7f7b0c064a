extension DNSExamination {
    /// The SPF record of an examined domain with all that it includes; `nil` for other subjects, and while it grows.
    public var spfTree: SPFTree? {
        guard case .domain(let domain) = subject else { return nil }
        var facts = Facts(answers)
        return SPFTree(of: domain, &facts)
    }

    /// What SPF says of an examined sender; `nil` for other subjects, and until it is known.
    public var spfVerdict: SPFVerdict? {
        guard case .sender(let sender) = subject else { return nil }
        var evaluation = SPFEvaluation(sender, answers)
        return evaluation.run()
    }
}
