import Dashboard
import SMTP

/// What `send --all-mx --json` prints.
struct MatrixJSON: Encodable {
    struct Difference: Encodable {
        let aspect: String
        let values: [Value]
    }

    struct Value: Encodable {
        let value: String
        let hosts: [String]
    }

    struct Addressless: Encodable {
        let exchanger: String
        let problem: String
    }

    let version = 1
    let target: String
    let exchangers: [String]
    let addressless: [Addressless]
    let leftOut: Int
    let sessions: [SessionJSON]
    let differences: [Difference]

    /// - Parameter verdicts: One for each record of the survey.
    init(_ survey: Survey, _ verdicts: [SendVerdict]) {
        target = survey.plan.target.typed
        exchangers = survey.found.exchangers
        addressless = survey.found.addressless.map { Addressless(exchanger: $0.exchanger, problem: $0.problem) }
        leftOut = survey.leftOut
        sessions = zip(survey.records, verdicts).map {
            SessionJSON($0, explanation: nil, exit: $1.status, shortfall: $1.shortfall)
        }
        differences = survey.differences.map { aspect in
            Difference(
                aspect: aspect.name,
                values: aspect.values.map { value in
                    Value(value: value.text, hosts: value.members.map { survey.probes[$0].name })
                })
        }
    }
}
