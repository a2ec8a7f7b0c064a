import MailVocabulary
import Canvas
import SMTP

/// What a login asks for before a session begins: whether the channel will do, and the password.
extension Dashboard {
    /// Carries `errand` out, after the questions that the settings' login needs.
    mutating func begin(_ errand: LoginErrand) -> [Effect] {
        guard let login = settings.authentication else { return carryOut(errand, with: nil) }
        guard login.channel == .verified else {
            prompt = .confirmLogin(errand, armedAt: now + .milliseconds(300))
            return []
        }
        return askForSecret(errand, login)
    }

    private mutating func askForSecret(_ errand: LoginErrand, _ login: AuthenticationPlan) -> [Effect] {
        guard login.mechanism?.needsSecret != false else { return carryOut(errand, with: Secret([])) }
        prompt = .password(SecretEditor(), errand)
        return []
    }

    private mutating func carryOut(_ errand: LoginErrand, with secret: Secret?) -> [Effect] {
        switch errand {
        case .session(let stage): startSession(upTo: stage, with: secret)
        case .probe(let probe): start(probe, with: secret)
        case .survey: startSurvey(with: secret)
        }
    }

    mutating func pressed(_ key: Key, password old: SecretEditor, _ errand: LoginErrand) -> [Effect] {
        switch key {
        case .escape, .control("c"):
            prompt = nil
            notice = Notice("nothing was begun: no password was given")
        case .enter where old.isEmpty:
            notice = Notice("the password is empty: type it, or Esc", .bad)
        case .enter:
            prompt = nil
            return carryOut(errand, with: old.secret)
        case _:
            var editor = old
            editor.take(key)
            prompt = .password(editor, errand)
        }
        return []
    }

    mutating func pressed(_ key: Key, confirmLoginFrom armedAt: Duration, _ errand: LoginErrand) -> [Effect] {
        switch key {
        case .character("A"):
            guard now >= armedAt, let login = settings.authentication else { return [] }
            prompt = nil
            return askForSecret(errand, login)
        case .escape, .character("q"), .character("n"), .control("c"):
            prompt = nil
            notice = Notice("nothing was begun")
        case _: break
        }
        return []
    }

    func drawPassword(_ editor: SecretEditor, in frame: inout Frame) {
        guard let login = settings.authentication else { return }
        let mechanism = login.mechanism?.rawValue ?? words("the best mechanism that is offered")
        let shown = say(editor.isEmpty ? "empty" : "hidden, not empty")
        let rows = [
            Row([Span(say("for   "), .muted), Span(PrintableText(untrusted: "\(login.user)   AUTH \(mechanism)"))]),
            Row([Span(say("at    "), .muted), Span(PrintableText(untrusted: settings.target?.typed ?? ""))]), Row(),
            Row([
                Span(say("password  "), .prompt), Span("[ ", .border), Span(shown.padded(to: 40), .muted),
                Span(" ]", .border),
            ]),
            Row(),
            row("For this connection only: in no history, transcript, report or log.", .muted),
            row(channelWords(login.channel), .muted),
        ]
        let inside = drawBox(say("Password or token"), rows, in: &frame)
        frame.cursor = Frame.Position(x: inside.x + 13, y: inside.y + 3)
    }

    func drawConfirmLogin(in frame: inout Frame) {
        guard let login = settings.authentication else { return }
        let isClear = login.channel == .any
        let rows = [
            Row([Span(say("server  "), .muted), Span(PrintableText(untrusted: settings.target?.typed ?? ""))]),
            Row([Span(say("user    "), .muted), Span(PrintableText(untrusted: login.user))]), Row(),
            row(
                isClear
                    ? "Without TLS everybody on the way can read the password."
                    : "Whoever answers in the server's place can read the password.", .temporary),
            row(
                isClear
                    ? "The session may stay in the clear: the password goes out even so."
                    : "The certificate is not looked at before the password goes out.", .temporary),
            Row(),
            Row([Span("   A           ", .hintKey), Span(say("allow it for this one connection   (a capital A)"))]),
            Row([Span("   Esc  q  n   ", .hintKey), Span(say("do not connect"))]),
        ]
        drawBox(say(isClear ? "Authenticate in the clear?" : "Authenticate to anybody?"), rows, in: &frame)
    }

    private func channelWords(_ channel: AuthenticationPlan.Channel) -> Phrase {
        switch channel {
        case .verified: "It goes out only under TLS with a certificate that was verified."
        case .encrypted: "It goes out under TLS with whomever: the certificate is not looked at."
        case .any: "It goes out even in the clear."
        }
    }
}
