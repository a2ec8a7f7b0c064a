import MailVocabulary
import Canvas
import SMTP

/// What a login asks for before a session begins: whether the channel will do, and the password.
extension Dashboard {
    /// Carries `errand` out, after the questions that the settings' login needs.
    mutating func begin(_ errand: LoginErrand) -> [Effect] {
        guard let login = settings.authentication else { return askForProxySecret(errand, nil) }
        guard login.channel == .verified else {
            prompt = .confirmLogin(errand, armedAt: now + .milliseconds(300))
            return []
        }
        return askForSecret(errand, login)
    }

    private mutating func askForSecret(_ errand: LoginErrand, _ login: AuthenticationPlan) -> [Effect] {
        guard login.mechanism?.needsSecret != false else { return askForProxySecret(errand, Secret([])) }
        prompt = .password(SecretEditor(), errand)
        return []
    }

    /// A proxy that knows its users wants a password too.
    private mutating func askForProxySecret(_ errand: LoginErrand, _ login: Secret?) -> [Effect] {
        guard settings.connection.proxy?.user != nil else {
            return carryOut(errand, with: SessionSecrets(login: login))
        }
        prompt = .proxyPassword(SecretEditor(), errand, login: login)
        return []
    }

    /// Answers every question for a password at once, for whoever has no keyboard; without what is asked for nothing is done.
    public mutating func answer(with secrets: SessionSecrets) -> [Effect] {
        if case .password(_, let errand) = prompt, let login = secrets.login {
            prompt = nil
            let effects = askForProxySecret(errand, login)
            guard case .proxyPassword = prompt else { return effects }
        }
        guard case .proxyPassword(_, let errand, let login) = prompt, let proxy = secrets.proxy else { return [] }
        prompt = nil
        return carryOut(errand, with: SessionSecrets(login: login, proxy: proxy))
    }

    private mutating func carryOut(_ errand: LoginErrand, with secrets: SessionSecrets) -> [Effect] {
        switch errand {
        case .session(let stage): startSession(upTo: stage, with: secrets)
        case .probe(let probe): start(probe, with: secrets)
        case .survey: startSurvey(with: secrets)
        case .burst: startBurst(with: secrets)
        }
    }

    mutating func pressed(
        _ key: Key, proxyPassword editor: SecretEditor, _ errand: LoginErrand, login: Secret?
    ) -> [Effect] {
        guard let secret = take(key, editor, { .proxyPassword($0, errand, login: login) }) else { return [] }
        return carryOut(errand, with: SessionSecrets(login: login, proxy: secret))
    }

    mutating func pressed(_ key: Key, password editor: SecretEditor, _ errand: LoginErrand) -> [Effect] {
        guard let secret = take(key, editor, { .password($0, errand) }) else { return [] }
        return askForProxySecret(errand, secret)
    }

    /// Types on in a prompt for a secret.
    ///
    /// - Returns: the secret, once it has been entered.
    private mutating func take(_ key: Key, _ old: SecretEditor, _ again: (SecretEditor) -> Prompt) -> Secret? {
        switch key {
        case .escape, .control("c"):
            prompt = nil
            notice = Notice("nothing was begun: no password was given")
        case .enter where old.isEmpty:
            notice = Notice("the password is empty: type it, or Esc", .bad)
        case .enter:
            prompt = nil
            return old.secret
        case _:
            var editor = old
            editor.take(key)
            prompt = again(editor)
        }
        return nil
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
        let label = say("password").padded(to: 10)
        let rows = [
            confirmationField("user", "\(login.user)   AUTH \(mechanism)"),
            confirmationField("server", settings.target?.typed ?? ""), Row(),
            Row([
                Span(label, .prompt), Span("[ ", .border), Span(shown.padded(to: 40), .muted), Span(" ]", .border),
            ]),
            Row(), row("For this connection only: in no history, transcript, report or log.", .muted),
            row(channelWords(login.channel), .muted),
        ]
        let inside = drawBox(say("Password or token"), rows, in: &frame)
        frame.cursor = Frame.Position(x: inside.x + 3 + label.width, y: inside.y + 3)
    }

    func drawProxyPassword(_ editor: SecretEditor, in frame: inout Frame) {
        guard let proxy = settings.connection.proxy else { return }
        let shown = say(editor.isEmpty ? "empty" : "hidden, not empty")
        let label = say("password").padded(to: 10)
        let rows = [
            row("The proxy \(proxy.description) wants to know who asks."), Row(),
            Row([
                Span(label, .prompt), Span("[ ", .border), Span(shown.padded(to: 40), .muted), Span(" ]", .border),
            ]),
            Row(), row("For this connection only: in no history, transcript, report or log.", .muted),
        ]
        let inside = drawBox(say("Password of the proxy"), rows, in: &frame)
        frame.cursor = Frame.Position(x: inside.x + 3 + label.width, y: inside.y + 2)
    }

    func drawConfirmLogin(in frame: inout Frame) {
        guard let login = settings.authentication else { return }
        let isClear = login.channel == .any
        let rows = [
            confirmationField("server", settings.target?.typed ?? ""), confirmationField("user", login.user), Row(),
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
