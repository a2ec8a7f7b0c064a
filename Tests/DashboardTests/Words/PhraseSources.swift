import FoundationEssentials

/// Where the sentences of the screen are written, and which literals there are none.
enum PhraseSources {
    /// Folders and files whose literals are sentences of the screen unless they are in `names`.
    static let places = [
        "Sources/Dashboard", "Sources/Triage/Words", "Sources/Triage/Checks", "Sources/Triage/Walkthrough",
        "Sources/SMTP/Replies/OddityMeaning.swift",
        "Sources/porthole/Commands/PlainWalk.swift", "Sources/porthole/Severity+Word.swift",
        "Sources/porthole/Commands/AnswerText.swift", "Sources/porthole/Commands/CheckText.swift",
        "Sources/Triage/DNSAnswer+Words.swift", "Sources/MailLog/Trace+Outcome.swift",
        "Sources/MailLog/MessageSentence.swift", "Sources/MailLog/ConnectionStory.swift",
        "Sources/MailLog/LogAbsence.swift", "Sources/MailLog/Rules",
        "Sources/MailLog/Questions/TraceIndex+Coverage.swift",
    ]

    /// Files whose sentences need no Japanese: letters and reports go to the administrators of other places, and JSON to programs.
    /// Names of actions and keys are the same in every language.
    static let spared: Set<String> = [
        "Sources/Triage/Walkthrough/Letter.swift", "Sources/Dashboard/Intent+Name.swift",
        "Sources/Dashboard/Key+Name.swift", "Sources/Dashboard/Reports/Dashboard+Report.swift",
        "Sources/Dashboard/Reports/ReportBlock.swift", "Sources/Dashboard/Reports/JSONText.swift",
        "Sources/Dashboard/Reports/Mask.swift",
    ]

    /// Literals with letters that are the same in every language: what goes over the wire, names of records and protocols, names of
    /// commands and their arguments, names of keys.
    static let names: Set<String> = [
        // keys
        "Ctrl-C", "Ctrl-L", "Ctrl-P", "Ctrl-Z", "Down", "End", "Enter", "Esc", "Esc  ", "   Esc  q  n   ", "Home",
        "Left",
        "PgDn", "PgUp", "Right", "Shift-Tab", "Space", "Tab", "Up", "Up Down",
        // commands of the palette, their arguments, and what follows them
        "bounce", "FILE", ":trace ", "libssl, libunbound, libidn2", "connect", "dns", "plan", "explain", "explain ",
        "explain {1}", "lang", "layout",
        "log open", "log open ",
        "log open {1}", "log top", "NEEDLE [verdict=bounced reply=550 since=30m until=10:00]", "since=",
        "verdict={1} {2}", "verdict={1} since={2}m", "top {1}",
        "set from", "set helo", "set tls", "set to", "theme", "auto", "ADDRESS", "DOMAIN", "LINE", "NAME", "PATH",
        "[PATH]",
        "REPLY", "TARGET", "[NAME|auto|TARGET]", "list", "missing", "missing ", "SENDER [RECIPIENT]", "SERVER", "en|ja",
        "narrow|medium|wide|auto", "offered|required|never",
        "off", "private", "tls", "set", "set {1} ", "set to nobody@example.test", "[NAME [VALUE]]",
        "checkhealth", "Ctrl-R", "readonly", "on",
        "borders", "unicode|ascii|none", "mouse",
        "on|off", "clock", "true", "false", "UTF-8", "TERM", "OABCD[~",
        // keys of the report's JSON
        "walkthrough", "overview", "severity", "ended", "steps",
        // events of log lines
        "refused", "deferred", "lost", "throttled", "greylisted", "held", "queued", "finished", "tarpitted", "idle",
        "connected", "closed", "response", "released", "deleted", "ready", "scanned", "started", "received",
        "message data", "SG ", " match ", " SBRS ", " country ",
        // words of the codes of findings
        "mx", "spf", "dmarc", "dkim", "bimi", "ptr", "tlsa", "dane", "zone", "dnssec",
        "domain", "resolver", "{1} bytes",
        "  SPF {1}", "  DNSSEC {1}",
        // values of the options, which are written as they are chosen, and names of commands and services among the fields
        "by version", "as they are", "the run", "the message", "any", "best",
        "stop", "discard", "never", "CRLF", "message", "connect", "tls", "data", "block", "eod", "rfc822;{1}", "NOOP",
        "HELP",
        "VRFY", "EXPN", "ETRN", "RSET", "BDAT", "PRDR", "REQUIRETLS", "SNI", "NEVER", "SUCCESS", "FAILURE", "DELAY",
        "SUCCESS,FAILURE", "SUCCESS,FAILURE,DELAY", "lmtp", "xclient", "xforward", "orcpt", "ret", "envid",
        "smtputf8", "html", "{1}   AUTH {2}", "   A           ", "BDAT {1}",
        // the wire, records and their fields
        "STARTTLS", "Subject: {1}", "CNAME", "DMARC", "DNSSEC", "EDE", "EDNS", "NSID",
        "{1}  TTL {2} s", " ENVID=", "dns answers", "MX", "MX {1}; ", "MX/DNS", "PTR", "RPT", "SPF", "SPF {1}", "STS",
        "ttl ",
        " tcp", "_dmarc.{1}", "_mta-sts", "_smtp._tls", "v=DMARC1", "v=spf1",
        // words that logs, the catalogue and host names use, and EHLO keywords
        "Critical", "Warning", "error", "fatal", "panic", "keyword:", "ip", "list", "broadband", "cable",
        "client", "extension", "tarpit", "SIZE=", "DKIM-Signature",
        "cust", "dhcp", "dial", "dsl", "dyn", "pool", "ppp", "AUTH", "SIZE",
        // walkthroughs: their names, and the names of commands
        "accepted", "arrive", "banner", "login", "receipts", "receive", "recipient", "postmaster", "postmaster@{1}",
        "AUTH {1}", "DATA", "DSN", "EHLO", "EHLO {1}", "ICID", "MAIL FROM", "MAIL FROM:<{1}>", "MID", "RCPT TO",
        "RCPT TO:<{1}>", " NOTIFY={1}", "TLS", "ip4:", "ip6:",
        // options that are called as on the wire, what they take, and what stands for the test message
        "ADDR", "DESTADDR", "DESTPORT", "HELO", "LOGIN", "PORT", "PROTO", "XCLIENT", "lmtp", "xclient", "data", "eod",
        "tls",
        "DELAY", "FAILURE", "NEVER", "SUCCESS", "SUCCESS,FAILURE", "SUCCESS,FAILURE,DELAY", "envid", "message", "orcpt",
        "ret",
        "rfc822;{1}", "smtputf8", "best", "any", "SNI", "id", "MX  ", "   DKIM", "bdat", "{1}   AUTH {2}",
        // more commands of the palette and what they take; the kinds of sources
        "30s|off", "[PAGE]", "dns ", "dns compare", "dns copy", "dns senders",
        "{1}-dns.txt",
        "deviations", "every", "log close", "log next", "matrix",
        "options",
        "private", "trace", "trace ", "off", "cmd:", "journal:", "syslog://", "Ctrl-O", "Ctrl-U",
        // the test message and the forms of reports
        "Porthole test", "This is a test message, sent with Porthole.\n", "HTML", "JSON", "Markdown", "md", "txt",
        "{1}.md",
        // the program and its files
        "Porthole", "incident", "porthole-{1}.md", "porthole-letter.txt", "localhost",
    ]

    /// Where the sentences of the engines stand, findings and their like. What has no Japanese there is shown in English.
    static let engines = ["Sources/DNS", "Sources/Triage", "Sources/MailLog", "Sources/porthole"]

    /// The Swift files below `places`.
    static func files(_ places: [String] = places) throws -> [String] {
        try places.flatMap { place -> [String] in
            if place.hasSuffix(".swift") { return [place] }
            return try FileManager.default.subpathsOfDirectory(atPath: root + place)
                .filter { $0.hasSuffix(".swift") }.sorted().map { "\(place)/\($0)" }
        }
    }

    static func literals(of path: String) throws -> [SwiftLiterals.Literal] {
        SwiftLiterals(try String(contentsOfFile: root + path, encoding: .utf8)).all
    }

    /// Two letters in a row outside of the places, no name, and no id such as `ptr-missing` or `dns.ptr`.
    static func isSentence(_ key: String) -> Bool {
        let isID =
            key.contains { $0 == "-" || $0 == "." }
            && key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" || $0 == "." }
        guard !isID else { return false }
        var run = 0
        for character in key {
            run = character.isASCII && character.isLetter ? run + 1 : 0
            if run == 2 { return !names.contains(key) }
        }
        return false
    }

    /// The package's folder. Links are followed: a folder behind one lists nothing.
    static let root: String = {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path + "/"
    }()
}
