@testable import Assets
import MailVocabulary
import SMTP
import Testing
import Triage

/// What engines say in English, before anybody asks for a language: notes of sessions, ends of connections, faults of files.
@Suite("Sentences of the engines")
struct SaidSentencesTests {
    /// Where they are written. What is not to be seen by people there stands in `names`.
    static let places = [
        "Sources/SMTP/Authentication", "Sources/SMTP/Bursts", "Sources/SMTP/Message", "Sources/SMTP/Plan",
        "Sources/SMTP/Proxy", "Sources/SMTP/Replies", "Sources/SMTP/Session", "Sources/DNS/DNSAnswer.swift",
        "Sources/DNS/DNSNameFault.swift", "Sources/DNS/ExchangerTable.swift", "Sources/DNS/FailedLookup.swift",
        "Sources/DNS/DNSSEC", "Sources/DNS/MalformedMessage.swift", "Sources/TLS",
        "Sources/Wire", "Sources/Runtime", "Sources/Curses", "Sources/Assets", "Sources/Triage/LogBook.swift",
        "Sources/Triage/Replies/CatalogueAudit.swift", "Sources/Triage/Replies/WordFamily.swift",
        "Sources/Triage/Replies/ReplyCatalogue.swift",
        "Sources/MailVocabulary/Charsets", "Sources/porthole/Folders.swift", "Sources/porthole/LastCopy.swift",
        "Sources/porthole/LiveBursts.swift", "Sources/porthole/LiveEngines.swift",
        "Sources/porthole/LiveLogAnswers.swift", "Sources/porthole/LiveSurvey.swift",
        "Sources/porthole/SavedSessions.swift", "Sources/porthole/SmallFile.swift",
        "Sources/porthole/Send/BurstReport.swift", "Sources/porthole/Send/AllExchangersRun.swift",
        "Sources/porthole/Send/ResumptionProbe.swift", "Sources/porthole/Send/SendVerdict.swift",
        "Sources/porthole/Send/MessageSmuggling.swift",
    ]

    /// Files without a sentence for people of the program: what goes over the wire or into the message, and notation.
    private static let spared = [
        "Sources/SMTP/Session/DryRun.swift", "Sources/SMTP/Session/TLSFacts+PEM.swift",
        "Sources/SMTP/Message/Probes/", "Sources/SMTP/Message/MIMEParameter.swift",
    ]

    /// Sentences that two literals make.
    static let composed: Set<String> = [
        "the library libssl (Debian: libssl3) is missing: {1}", "TLS {1}: {2}; alert received: {3}",
        "TLS {1}: {2}; alert sent: {3}",
        "unknown option '{1}'",
        "unknown option '{1}'; did you mean '{2}'?",
        "the value '{1}' is invalid for '{2}'", "the value '{1}' is invalid for '{2}'; please provide one of {3}",
        "unexpected argument '{1}'",
        "{1} unexpected arguments: {2}",
        "missing expected argument '{1}'",
        "missing value for '{1}'; one that begins with a hyphen is joined to it by =",
        "cannot open the folder {1}: {2}", "cannot make {1} in {2}: {3}", "cannot make the folder {1}: {2}",
        "the command ended with exit status {1}: there is no such command",
        "permission denied (owner {1}, mode {2}); run as a member of {3}",
        "permission denied (owner {1}, mode {2}); run as {3}",
        "{1} stopped with status {2}: starting it again in {3} s; lines that are written meanwhile are missing here",
        "{1} stopped with status {2} ({3}): starting it again in {4} s; lines that are written meanwhile are missing here",
        "{1} redirects (HTTP {2}), which senders do not follow",
        "{1} redirects to {2} (HTTP {3}), which senders do not follow",
        "{1} (and {2} more; porthole explain --check FOLDER lists them)",
        "has no text of cause '{1}'", "has no text of step '{1}'", "has no {1} text of cause '{2}'",
        "has no {1} text of step '{2}'", "names {1}; the file has no lists", "names {1}; known are {2}",
        "'{1}' has a list without words", "'{1}' looks for nothing", "'{1}' names {2}; the file has no lists",
        "'{1}' names {2}; known are {3}", "'{1}' '{2}' has no three letters in a row to look for",
        "there is no key \"{1}\", only {2}", "there is no key \"{1}\" in \"{2}\", only {3}", "\"{1}\" {2}",
    ]

    @Test("no sentence of an engine is without Japanese")
    func complete() throws {
        let known = Set(try InterfaceWordsTests.table().keys)
        // A sentence with places is recognised by its form; the commands below `Send` have phrases.
        let formed = Set(try InterfaceAssets.sentences.flatMap { try InterfaceAssets.table($0).map(\.key) })
        var open: [String] = []
        for path in try PhraseSources.files(Self.places) where !Self.spared.contains(where: path.hasPrefix) {
            for literal in try PhraseSources.literals(of: path)
            where literal.key.contains(" ") && PhraseSources.isSentence(literal.key)
                && !Self.names.contains(literal.key)
                && !(literal.key.contains("{1}") && !path.contains("/Send/") ? formed : known).contains(literal.key)
            {
                open.append("\(path):\(literal.line): \(literal.key)")
            }
        }
        #expect(open.isEmpty, "\(open.count) sentences are English only: \(open)")
    }

    @Test("the end of a session is said in Japanese, whatever it was")
    func ends() {
        let ends: [CloseReason] = [
            .notResolved("the name has no address"), .nullMX, .refused, .connectTimedOut,
            .unreachable("by way of the proxy: the proxy has no route to the host"), .replyTimedOut(.data),
            .timeIsUp(during: .idle), .timeIsUp(during: .recipient), .quit, .closedAfterQuit,
            .closedByServer(during: .idle),
            .closedByServer(during: .connect), .reset(during: .connect), .serviceClosing(421),
            .tls("the server answered in the clear: 220 hello"), .droppedByOperator, .failed("too many open files"),
        ]
        for end in ends {
            let said = Self.japanese(end.words)
            #expect(said.unicodeScalars.contains { $0.value > 0x2E7F }, "\(end.words)")
            #expect(!said.contains("the "), "\(said)")
        }
    }

    @Test("a sentence within a sentence is said too, and names stand where they stood")
    func nested() {
        #expect(
            Self.japanese("cannot read /var/log/a b: it is a directory; name a file in it")
                == "「/var/log/a b」を読めません: ディレクトリです。その中のファイルを指定してください")
        #expect(
            Self.japanese("catalogue: entries/ours.json:5: entries[3].id: is missing")
                == "catalogue: entries/ours.json:5: entries[3].id: ありません")
        #expect(Self.japanese("AUTH is given up: the 334 is not in base64") == "AUTH を中断しました: 334 の内容が base64 ではありません")
    }

    @Test("what a server said is left as it is, though it uses our words")
    func evidence() {
        #expect(Self.japanese("550 the proxy failed: connection refused") == "550 the proxy failed: connection refused")
        #expect(
            Self.japanese("550 it closed; the session goes on without") == "550 it closed; the session goes on without")
        #expect(
            Self.japanese("the server's reason: connection refused") == "サーバの示した理由: 「connection refused」")
        #expect(Self.japanese("192.0.2.7:25: connection refused; trying the next address").hasSuffix("次のアドレスを試します"))
        #expect(Self.japanese("whatever this is") == "whatever this is")
    }

    @Test("what another said within a sentence of ours stays as it was said, though it is one of our sentences")
    func quoted() {
        let words = InterfaceWords(
            [:],
            sentences: [
                .japanese: [
                    "timed out": "時間切れ", "the relay {1} says {2}": "{1} の返事: {2}", "not sent: {1}": "送信なし: {1!}",
                ]
            ])
        let said = { words.text(said: $0, in: .japanese) }
        #expect(said("the relay mx1 says timed out") == "mx1 の返事: timed out")
        #expect(said("the relay timed out says not sent: timed out") == "timed out の返事: not sent: timed out")
        #expect(said("not sent: timed out") == "送信なし: 時間切れ")
        #expect(said("not sent: the relay mx1 says timed out") == "送信なし: mx1 の返事: timed out")
        #expect(words.text("not sent: \("x")", in: .japanese) == "送信なし: x", "a mark is never seen")
        // In the program's own table: the words of OpenSSL, of a validator, of an option, the name of a group.
        #expect(
            Self.japanese("the certificate is not verified: depth 0: connection refused")
                == "証明書を検証できません: 深さ 0: connection refused")
        #expect(Self.japanese(": DNSSEC is bogus: network error") == ": DNSSEC が不正: network error")
        #expect(
            Self.japanese("left out: answer, because the server does not offer DSN").hasPrefix("省きました: answer。"))
        #expect(
            Self.japanese("cannot read a: permission denied (owner blocked, mode 640); run as a member of filtered")
                .hasSuffix("(所有者 blocked、モード 640)。グループ filtered に属するユーザで実行してください"))
    }

    @Test("of two forms that say as much, the one with more places is taken, then the first by its key, in every run")
    func equals() {
        var rows = (0..<40).map { ("row \($0) of {1}", "{1} の行 \($0)") }
        rows += [
            ("read {1}", "一つ {1}"), ("read {1}; {2}", "二つ {1} {2}"), ("cannot {1} it", "後 {1}"),
            ("cannot it {1}", "先 {1}"),
        ]
        let tables = [rows, rows.reversed()].flatMap { rows in
            [1, 64, 500].map { capacity in
                var table = [String: String](minimumCapacity: capacity)
                for (key, text) in rows { table[key] = text }
                return InterfaceWords([:], sentences: [.japanese: table])
            }
        }
        #expect(Set(tables).count == 1)
        for words in tables {
            #expect(words.text(said: "read a; b", in: .japanese) == "二つ a b")
            #expect(words.text(said: "cannot it it", in: .japanese) == "先 it")
        }
    }

    @Test("only the sentences of the engines have marks")
    func marks() throws {
        for file in InterfaceAssets.embedded {
            for text in try InterfaceAssets.table(file).values { #expect(InterfaceWords.unmarked(text) == text) }
        }
    }

    @Test("English stays as it was said")
    func english() {
        let phrase = Phrase(said: "cannot read {1}: connection refused")
        #expect(InterfaceAssets.words.text(phrase, in: .english) == "cannot read {1}: connection refused")
        #expect(phrase.description == "cannot read {1}: connection refused")
    }

    private static func japanese(_ sentence: String) -> String {
        InterfaceAssets.words.text(Phrase(said: sentence), in: .japanese)
    }

    /// What goes over the wire or into a file, what is looked for, and what stands within quoted reasons.
    private static let names: Set<String> = [
        "Client Key", "Server Key", "Message-ID: <{1}.", "Message-ID: <", "test message", "This is a test message.\n",
        "user={1}u{1}auth=Bearer ", "n,a={1},u{1}host={2}u{1}port={3}u{1}auth=Bearer ",
        "text/{1}; charset={2}", "text/plain; charset=us-ascii", "multipart/{1}; boundary=\"{2}\"",
        "{1} (probe {2})", "This message tests how a server reads {1}.\nWhat follows is in one line:\n",
        "{1} (probe {2}, 1 of 2)", "This message tests where a server ends a message.\nThe false end follows: {1}",
        "{1} (probe {2}, 2 of 2)",
        "If this is a message of its own, a server on the way took {1} for its end.\n",
        "PROXY TCP{1} {2} {3} {4} {5}", "CONNECT {1}:{2} HTTP/1.1r\nHost: {3}:{4}r\n", "Proxy-Authorization: Basic ",
        "MID {1}", "{1} extensions", " to {1}", "RCODE {1}", "{1} in {2}", "Queued mail for delivery", "CR CR LF",
        "microsoft esmtp",
        "microsoft exchange", "lotus domino",
        "* OK", "* PREAUTH", "RFB ", "BDAT {1}{2}", " LAST", "HELO {1}", "LHLO {1}", "XCLIENT {1}", "XFORWARD {1}",
        "xforward ", "xclient ", "MX {1}", "BDAT ", "[{1} bytes, Subject: {2}]",
        // for `--help` alone
        "the envelope sender", "the first recipient", "our name after EHLO", "the server as typed", "the Date",
        "which message of the run",
        // what OpenSSL was doing, within its reason
        "authority {1}", "certificate for {1}", "no context", "server name {1}", "address {1}", "host name {1}",
        "no connection", "ciphers {1}", "trust file {1}", "system roots", "certificate {1} with key {2}",
        "out of memory", "random bytes",
        // parts of what is in `composed`
        "; alert received: {1}", "; alert sent: {1}",
        "{1} stopped with status {2}{3}: starting it again in {4} s; lines that are written meanwhile are missing here",
        "permission denied (owner {1}, mode {2})",
        "{1}; run as a member of {2}", "{1}; run as {2}",
        "{1} redirects{2} (HTTP {3}), which senders do not follow", "cannot {1}: {2}",
        "open the folder {1}", "make {1} in {2}", "make the folder {1}", ": there is no such command",
        "validation failure <", " (and {1} more; porthole explain --check FOLDER lists them)", " in \"{1}\"",
        "there is no key \"{1}\"{2}, only {3}", ":dns compare", " or ", "MX {1}: {2}",
        ". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
        ". DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
        "names {1}; ", "known are {1}", "the file has no lists", "text of cause '{1}'", "text of step '{1}'",
        // an option of the command line
        "--all-mx wants a domain: user@domain or @domain",
        "porthole log index 1\n", "the promise of an exchange is only ever kept: {1}",
    ]
}
