/// The CNAMEs from a question to its records inside one answer section, RFC 1034 §3.6.2.
struct AliasChain {
    private(set) var aliases: [DNSName] = []
    /// The CNAMEs that were followed and the records at the end, in the order sent.
    private(set) var records: [ResourceRecord] = []
    /// Whether there are records of the asked type at the end.
    private(set) var isComplete = false
    /// Why there can be no end.
    private(set) var absence: DNSAnswer.Absence?

    init(from question: DNSQuestion, in answers: [ResourceRecord]) {
        // By owner, so that 8 steps through 4,000 records stay 4,000 comparisons.
        let byOwner = Dictionary(grouping: answers.indices) { answers[$0].name }
        var (name, used): (DNSName, [Int]) = (question.name, [])
        var seen: Set = [name]
        while true {
            let here = byOwner[name] ?? []
            let wanted = here.filter { answers[$0].type == question.type }
            if !wanted.isEmpty {
                used += wanted
                isComplete = true
                break
            }
            guard let step = here.first(where: { answers[$0].type == .cname }),
                case .name(let target) = answers[step].data
            else { break }
            guard aliases.count < DNSMessage.aliasLimit else {
                absence = .aliasChain
                break
            }
            used.append(step)
            aliases.append(target)
            guard seen.insert(target).inserted else {
                absence = .aliasLoop
                break
            }
            name = target
        }
        records = used.sorted().map { answers[$0] }
    }
}
