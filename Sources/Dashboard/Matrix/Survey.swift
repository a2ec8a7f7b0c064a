import MailVocabulary
import SMTP

/// The same probe of every address of every mail exchanger, as it comes in.
public struct Survey: Sendable {
    /// Counts the surveys: what an earlier one still says is not of this one.
    public let number: Int
    public let plan: SessionPlan
    /// What the DNS said of the target.
    public private(set) var found = Resolution()
    public private(set) var probes: [SurveyProbe] = []
    /// Addresses that are not asked, being too many.
    public private(set) var leftOut = 0
    /// The same in words; nothing when all are asked.
    public var leftOutWords: Phrase? { leftOut > 0 ? "\(leftOut) more addresses are not asked" : nil }
    /// One for each probe.
    public private(set) var records: [SessionRecord] = []
    /// Why there is nobody to ask.
    public private(set) var failure: String?

    public init(number: Int, plan: SessionPlan) { (self.number, self.plan) = (number, plan) }

    /// How many of the sessions are over.
    public var doneCount: Int { records.count { $0.closed != nil } }
    /// Nothing more will come.
    public var isDone: Bool { failure != nil || (!probes.isEmpty && doneCount == probes.count) }

    /// In what the sessions that are over differ; members are places in `probes`.
    public var differences: [ProbeComparison.Aspect] {
        let over = records.indices.filter { records[$0].closed != nil }
        return ProbeComparison(over.map { records[$0] }).differences.map { aspect in
            var aspect = aspect
            aspect.values = aspect.values.map { value in
                var value = value
                value.members = value.members.map { over[$0] }
                return value
            }
            return aspect
        }
    }

    /// Takes in what happened.
    public mutating func take(_ event: SurveyEvent) {
        switch event {
        case .found(let found):
            let all = SurveyProbe.all(of: found, for: plan)
            (self.found, probes, leftOut) = (
                found, Array(all.prefix(SurveyProbe.most)), max(0, all.count - SurveyProbe.most)
            )
            records = probes.map { _ in SessionRecord(plan: plan) }
        case .failed(let sentence): failure = sentence
        case .began(let probe, let plan):
            guard records.indices.contains(probe), records[probe].events.isEmpty else { return }
            records[probe] = SessionRecord(plan: plan)
        case .happened(let probe, let event):
            guard records.indices.contains(probe) else { return }
            records[probe].append(event)
        }
    }
}
