import Canvas
import MailVocabulary
import SMTP
import Triage

/// The questions before a message goes out, and what a session does by itself behind one.
extension Dashboard {
    /// Asks whether to really send; in read-only mode says that it will not.
    mutating func askToSend() -> [Effect] {
        if settings.isReadOnly {
            notice = Notice("read-only: started with --readonly, so nothing is ever sent", .bad)
        } else if let session = incident.session, !isSavedInView, !session.isWaiting, session.openTransaction != nil {
            prompt =
                session.plan.message.mayEndEarly
                ? .confirmName(LineEditor(), .message) : .confirmSending(armedAt: now + .milliseconds(300))
        } else {
            notice = Notice(whyNothingToSend, .bad)
        }
        return []
    }

    private var whyNothingToSend: Phrase {
        if isSavedInView { return whatIsSaved }
        guard let session = incident.session, session.isOpen else {
            return "no connection is open: r connects and runs up to RCPT"
        }
        if session.isWaiting { return "a reply is still due: wait for it, then S" }
        if session.progress.message != .untried {
            return "the message of this transaction has been sent: R starts a new one"
        }
        if session.plan.recipients.isEmpty { return "no recipient is set: e, or :set to ADDRESS, then R" }
        if session.progress.recipients.values.contains(where: { $0 != .untried && $0 != .accepted }) {
            return "no recipient was accepted: 2 says why, e changes them, R starts again"
        }
        return "no recipient has been accepted in this transaction: r runs up to RCPT"
    }

    // MARK: the host's name

    /// What has to be typed.
    func name(for deed: NamedDeed) -> String {
        switch deed {
        case .message: incident.session?.host ?? incident.session?.plan.target.name ?? ""
        case .burst: burst?.plan.session.target.name ?? ""
        }
    }

    mutating func pressed(_ key: Key, confirmName old: LineEditor, _ deed: NamedDeed) -> [Effect] {
        switch key {
        case .escape, .control("c"):
            prompt = nil
            notice = Notice("nothing was sent")
            return []
        case .enter:
            guard old.line.lowercased() == name(for: deed).lowercased() else {
                notice = Notice("“\(old.line)” is not \(name(for: deed)): nothing was sent", .bad)
                return []
            }
            prompt = nil
            switch deed {
            case .message: return order(.sendMessage)
            case .burst: return begin(.burst)
            }
        case _:
            var editor = old
            _ = editor.take(key)
            prompt = .confirmName(editor, deed)
            return []
        }
    }

    func drawConfirmName(_ editor: LineEditor, _ deed: NamedDeed, in frame: inout Frame) {
        let name = name(for: deed)
        let window = editor.window(of: 44)
        let label = say("host").padded(to: 8)
        let rows =
            reasons(for: deed) + [
                Row(), row("If that is what you want, type \(name) and press Enter."),
                Row([
                    Span(label, .prompt), Span("[ ", .border), Span(window.text.padded(to: 44)), Span(" ]", .border),
                ]),
            ]
        let inside = drawBox(say("Type the host's name"), rows, in: &frame)
        frame.cursor = Frame.Position(
            x: inside.x + 3 + label.width + window.cursor, y: inside.y + rows.count - 1)
    }

    private func reasons(for deed: NamedDeed) -> [Row] {
        switch deed {
        case .message:
            guard let probe = incident.session?.plan.message.probe else {
                return [
                    row(
                        "The raw file has a lone dot that some servers take for its end.", .temporary
                    )
                ]
            }
            return [
                row("smuggling probe \(probe.name): \(probe.sequence)"),
                row("A probe can put a second message past the server's checks.", .temporary),
            ]
        case .burst:
            guard let burst, let address = burst.foreignAddress else { return [] }
            return [
                row(
                    "\(name(for: .burst)) is \(address.description), outside loopback and the private ranges.",
                    .temporary),
                row("A burst of \(burst.plan.messages) messages is for your own gateway."),
            ]
        }
    }

    // MARK: behind a reply

    /// What the plan wants by itself once a reply is here: to drop the connection, or to end a probe with the QUIT that its replies are
    /// counted up to.
    func followUp(_ index: Int, _ reply: Reply, at stage: SessionStage) -> [Effect] {
        let session = incident.sessions[index]
        guard session.isOpen, !session.isWaiting else { return [] }
        let plan = session.plan
        if stage == .endOfData, plan.message.mayEndEarly { return [.order(session: index, .quit)] }
        guard plan.dropsAtEnd else { return [] }
        let isOver =
            switch settings.dropsAfter {
            case .never: false
            case .run: isRunOver(session, at: stage)
            case .data: stage == .data && reply.code == 354
            case .message: stage == .endOfData
            }
        return isOver ? [.order(session: index, .drop)] : []
    }

    /// The stage that a run stops at is behind it.
    private func isRunOver(_ session: SessionRecord, at stage: SessionStage) -> Bool {
        guard stage != .connect || settings.stopAfter == .connect else { return false }
        switch session.suggestion?.stage {
        case .data?, .chunk?, .endOfData?, .quit?, nil: return true
        case let next?: return next != .other && next != .reset && next > settings.stopAfter
        }
    }
}
