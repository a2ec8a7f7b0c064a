import SMTP

extension SessionPlan {
    /// Before anybody has named a server: what a step would do is shown all the same.
    static let unset = SessionPlan(
        target: SessionTarget(.host("SERVER")), helloName: "localhost", reversePath: "", recipients: [])
}
