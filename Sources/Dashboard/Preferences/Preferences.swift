import Canvas
import MailVocabulary
import SMTP
import Triage

extension Preference {
    /// The registry: a new preference is one row.
    public static let all: [Preference] = envelope + looks

    private static let envelope: [Preference] = [
        Preference(name: "helo", argument: "NAME", help: "the name after EHLO", value: { $0.settings.helloName }) {
            name, dashboard throws(PreferenceFault) in
            if let fault = EnvelopeFault.inHelloName(name) { throw PreferenceFault(Phrase(said: fault)) }
            dashboard.settings.helloName = name
            dashboard.notice = Notice("EHLO \(name) from the next session on")
            return []
        },
        Preference(
            name: "from", argument: "ADDRESS", help: "the envelope sender; empty: <>",
            value: { $0.settings.reversePath }
        ) { path, dashboard throws(PreferenceFault) in
            if let fault = EnvelopeFault.inPath(path) { throw PreferenceFault(Phrase(said: fault)) }
            dashboard.settings.reversePath = path
            dashboard.notice = Notice("MAIL FROM:<\(path)> from the next session on")
            return []
        },
        Preference(
            name: "to", argument: "ADDRESS", help: "the recipient",
            value: { $0.settings.recipients.map(\.forwardPath).joined(separator: " ") }
        ) { path, dashboard throws(PreferenceFault) in
            if path.isEmpty { throw PreferenceFault("which recipient? :set to USER@DOMAIN") }
            if let fault = EnvelopeFault.inPath(path) { throw PreferenceFault(Phrase(said: fault)) }
            let notify = dashboard.settings.recipients.first?.notify ?? []
            dashboard.settings.recipients = [Recipient(path, notify: notify)]
            dashboard.notice = Notice("RCPT TO:<\(path)> from the next session on")
            return []
        },
        Preference(
            name: "tls", argument: "offered|required|never", help: "STARTTLS", value: { $0.settings.tls.rawValue }
        ) { name, dashboard throws(PreferenceFault) in
            guard let policy = SessionPlan.TLSPolicy(rawValue: name) else {
                throw PreferenceFault("offered, required or never")
            }
            dashboard.settings.tls = policy
            dashboard.notice = Notice("TLS \(name) from the next session on")
            return []
        },
        Preference(
            name: "readonly", argument: "on", help: "nothing is ever sent past RCPT",
            value: { word($0.settings.isReadOnly) }
        ) { text, dashboard throws(PreferenceFault) in
            let isOn = try flag(text)
            if !isOn, dashboard.settings.isReadOnly {
                throw PreferenceFault("read-only stays on until the program ends")
            }
            dashboard.settings.isReadOnly = isOn
            return []
        },
    ]

    private static let looks: [Preference] = [
        Preference(name: "theme", argument: "NAME", help: "another theme", value: { $0.settings.themeName }) {
            name, dashboard throws(PreferenceFault) in
            guard !name.isEmpty else {
                throw PreferenceFault("which theme? \(dashboard.settings.themeNames.joined(separator: ", "))")
            }
            return [.useTheme(name)]
        },
        Preference(
            name: "lang", argument: "en|ja", help: "the language of the screen",
            value: { $0.settings.language.rawValue }
        ) { name, dashboard throws(PreferenceFault) in
            guard let language = Language(rawValue: name) else { throw PreferenceFault("en or ja") }
            (dashboard.settings.language, dashboard.showsOtherLanguage) = (language, false)
            return []
        },
        Preference(
            name: "layout", argument: "narrow|medium|wide|auto", help: "fix the layout, or auto: by size",
            value: { $0.layoutChoice?.rawValue ?? "auto" }
        ) { name, dashboard throws(PreferenceFault) in
            guard name == "auto" || LayoutChoice(rawValue: name) != nil else {
                throw PreferenceFault("narrow, medium, wide or auto")
            }
            dashboard.layoutChoice = LayoutChoice(rawValue: name)
            return []
        },
        Preference(
            name: "borders", argument: "unicode|ascii|none", help: "what boxes are drawn with",
            value: { $0.settings.glyphs.borders.rawValue }
        ) { name, dashboard throws(PreferenceFault) in
            guard let borders = Borders(rawValue: name) else { throw PreferenceFault("unicode, ascii or none") }
            dashboard.settings.glyphs.borders = borders
            return []
        },
        Preference(
            name: "mouse", argument: "on|off", help: "clicks choose, the wheel scrolls",
            value: { word($0.usesMouse) }
        ) { text, dashboard throws(PreferenceFault) in
            dashboard.usesMouse = try flag(text)
            dashboard.notice = Notice(
                dashboard.usesMouse
                    ? "mouse on: mark text with Shift held; :set mouse off" : "mouse off: the terminal marks text again"
            )
            return [.useMouse(dashboard.usesMouse)]
        },
        Preference(
            name: "clock", argument: "on|off", help: "the running time of a session in the title",
            value: { word($0.settings.showsClock) }
        ) { text, dashboard throws(PreferenceFault) in
            dashboard.settings.showsClock = try flag(text)
            return []
        },
        Preference(
            name: "private", argument: "on|off", help: "local parts and IP addresses are hidden",
            value: { word($0.isPrivate) }
        ) { text, dashboard throws(PreferenceFault) in
            if try flag(text) != dashboard.isPrivate { dashboard.togglePrivacy() }
            return []
        },
    ]

    private static func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }

    private static func flag(_ text: String) throws(PreferenceFault) -> Bool {
        switch text.lowercased() {
        case "on", "yes", "true": return true
        case "off", "no", "false": return false
        case _: throw PreferenceFault("on or off")
        }
    }
}
