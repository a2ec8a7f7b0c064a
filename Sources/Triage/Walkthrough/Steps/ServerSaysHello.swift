import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seeds 000 to 003: EHLO and the list of extensions.
    static let serverSaysHello = WalkthroughStep(
        id: "server-says-hello", label: "EHLO",
        goal: "Introduce ourselves and hear which extensions the server has.",
        command: { _, plan in "EHLO \(plan.helloName)" },
        expected: "250 and a list of extensions",
        remedies: [
            Remedy("501: use our own full host name after EHLO", after: [501]),
            Remedy("500 or 502: an old server or a firewall's proxy; try HELO", after: [500, 502]),
            Remedy("421: the server has enough of us; wait", after: [421]),
        ],
        judge: { judge($0, .hello, passed: "the server knows our name and has told what it can do") })
}
