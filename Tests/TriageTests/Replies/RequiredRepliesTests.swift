import SMTP
import Testing
import Triage

/// The replies that the support articles of the first readers name: each must have an entry of its own.
@Suite("Replies that must be known")
struct RequiredRepliesTests {
    @Test("answers each reply of a Cisco gateway by an entry of its own")
    func knowsCiscoReplies() throws {
        try expectOwnEntries(Self.cisco, vendor: "cisco-esa")
    }

    @Test("answers each reply of the telnet walkthroughs by an entry of its own")
    func knowsWalkthroughReplies() throws {
        try expectOwnEntries(Self.walkthroughs, vendor: nil)
    }

    @Test("answers what mail systems write into a bounce where no server said anything, or around what it said")
    func knowsWordsOfBounces() throws {
        let catalogue = try SharedCatalogue.get()
        for (reply, kind) in Self.bounces {
            #expect(catalogue.explain(ReplyQuery(reply: reply), in: .english).replyClass == kind, "\(reply)")
        }
    }

    private static let bounces = [
        (
            "5.1.0 - Unknown address error 550-'5.1.1 <x@y.test>... User unknown' (delivery attempts: 0)",
            "mailbox_unknown"
        ),
        ("5.4.7 - Delivery expired (message too old) 421-'4.7.0 Try again later' (delivery attempts: 30)", "expired"),
        ("4.4.1 delivery temporarily suspended: connect to x.test[192.0.2.1]:25: Connection timed out", "network"),
        ("4.4.1 connect to x.test[192.0.2.1]:25: Connection refused", "network"),
        ("5.4.4 unable to look up host", "domain_unknown"),
        ("5.4.6 mail for x.test loops back to myself", "loop"),
        ("unknown user: \"x\"", "mailbox_unknown"),
        ("Unrouteable address", "mailbox_unknown"),
        ("retry timeout exceeded", "expired"),
    ]

    /// With and without knowing stage and product; the same words may answer to one entry only when they are the same.
    private func expectOwnEntries(_ rows: [(SessionStage?, String, String)], vendor: String?) throws {
        let catalogue = try SharedCatalogue.get()
        for (stage, reply, entry) in rows {
            #expect(catalogue.ranking(ReplyQuery(reply: reply, stage: stage)).first == entry, "\(reply)")
            if let vendor {
                #expect(catalogue.ranking(ReplyQuery(reply: reply)).first == entry, "\(reply), stage unknown")
                let query = ReplyQuery(reply: reply, stage: stage, vendor: vendor)
                #expect(catalogue.ranking(query).first == entry, "\(reply), from \(vendor)")
            }
        }
        let replies = Set(rows.map { "\($0.0?.rawValue ?? "") \($0.1)" })
        #expect(Set(rows.map(\.2)).count >= replies.count - 3, "nearly every row has an entry of its own")
    }

    private static let cisco: [(SessionStage?, String, String)] = [
        (.startTLS, "421 #4.4.5 Too many TLS sessions at this time", "cisco-esa.rate_limit.tls-sessions"),
        (.connect, "421 #4.4.5 Too many connections from your host", "cisco-esa.rate_limit.connections-from-host"),
        (.connect, "421 #4.4.5 Too many connections to this host", "cisco-esa.rate_limit.connections-to-host"),
        (.connect, "421 #4.4.5 Too many connections to this listener", "cisco-esa.rate_limit.connections-to-listener"),
        (.sender, "421 #4.x.2 Too many messages to this session", "cisco-esa.rate_limit.messages-per-session"),
        (
            nil, "421 esa.example.test Service not available, closing transaction channel",
            "cisco-esa.system.service-not-available"
        ),
        (nil, "421 Exceeded allowable connection time", "cisco-esa.rate_limit.connection-time"),
        (nil, "421 Exceeded bad SMTP command limit, disconnecting", "cisco-esa.rate_limit.bad-commands"),
        (.connect, "421 The evaluation license has expired", "cisco-esa.system.licence-expired"),
        (nil, "451 #4.3.0 Server Error", "cisco-esa.system.server-error-temporary"),
        (.endOfData, "452 #4.3.1 queue full", "cisco-esa.system.queue-full"),
        (.sender, "452 #4.3.1 server resources low - try again later", "cisco-esa.system.resources-low"),
        (nil, "452 #4.3.1 temporary system error (12)", "cisco-esa.system.temporary-error"),
        (.recipient, "452 #4.5.3 Too many recipients", "cisco-esa.rate_limit.recipients"),
        (.startTLS, "454 TLS not available due to a temporary reason", "cisco-esa.tls.not-available-now"),
        (.other, "500 #5.5.1 command not recognized", "cisco-esa.protocol.command-not-recognized"),
        (.other, "500 Line too long", "cisco-esa.protocol.line-too-long"),
        (.hello, "501 #5.0.0 EHLO requires domain address", "cisco-esa.protocol.ehlo-without-name"),
        (.other, "501 #5.5.2 syntax error", "cisco-esa.protocol.syntax-error"),
        (.authenticate, "501 #5.5.4 Invalid arguments to AUTH command", "cisco-esa.smtp_auth.invalid-arguments"),
        (.sender, "501 Unknown command XXX", "cisco-esa.protocol.unknown-command"),
        (.sender, "501 Unknown option XXX", "cisco-esa.protocol.unknown-option"),
        (.sender, "501 Unknown value XXX", "cisco-esa.protocol.unknown-value"),
        (.authenticate, "503 #5.3.3 AUTH not available", "cisco-esa.smtp_auth.not-available"),
        (
            .authenticate, "503 #5.5.0 AUTH not permitted during a mail transaction",
            "cisco-esa.smtp_auth.during-transaction"
        ),
        (.authenticate, "503 #5.5.0 Already authenticated", "cisco-esa.smtp_auth.already-authenticated"),
        (.recipient, "503 #5.5.1 MAIL first", "cisco-esa.protocol.mail-first"),
        (.data, "503 #5.5.1 RCPT first", "cisco-esa.protocol.rcpt-first"),
        (
            .data, "503 Bad sequence of commandsDATA within mailmerge transaction",
            "cisco-esa.protocol.data-in-mailmerge"
        ),
        (.other, "503 Bad sequence of commandsXPRT within plain transaction", "cisco-esa.protocol.xprt-in-plain"),
        (.other, "503 Bad sequence of commandsnow receiving parts", "cisco-esa.protocol.receiving-parts"),
        (.other, "503 Not in a mailmerge transaction", "cisco-esa.protocol.not-in-mailmerge"),
        (.authenticate, "504 #5.5.1 AUTH mechanism XXX is not available", "cisco-esa.smtp_auth.mechanism"),
        (.sender, "504 Command parameter XXX unrecognized", "cisco-esa.protocol.parameter-unrecognized"),
        (.other, "504 Invalid XDFN syntax", "cisco-esa.protocol.xdfn-syntax"),
        (.other, "504 Invalid part number", "cisco-esa.protocol.part-number"),
        (.other, "504 Invalid part number XXX", "cisco-esa.protocol.part-number-given"),
        (.other, "504 No variable value specified", "cisco-esa.protocol.no-variable-value"),
        (.other, "504 Other parts still missing", "cisco-esa.protocol.parts-missing"),
        (.other, "504 Reserved variable name", "cisco-esa.protocol.reserved-variable"),
        (.other, "504 Syntax error in *parts syntax", "cisco-esa.protocol.parts-syntax"),
        (.other, "504 XDFN command must not contain NULL characters", "cisco-esa.protocol.xdfn-null"),
        (.sender, "530 #5.7.0 Must issue a STARTTLS command first", "cisco-esa.tls.starttls-first"),
        (.sender, "530 Authentication required", "cisco-esa.smtp_auth.authentication-required"),
        (.authenticate, "538 #5.7.11 Encryption required", "cisco-esa.tls.encryption-required"),
        (.endOfData, "552 #5.3.4 message header size exceeds limit", "cisco-esa.message_size.header-too-large"),
        (.endOfData, "552 #5.3.4 message size exceeds limit", "cisco-esa.message_size.message-too-large"),
        (.endOfData, "552 size limit exceeded", "cisco-esa.message_size.size-limit"),
        (nil, "554 #5.3.0 Server Error", "cisco-esa.system.server-error-permanent"),
        (.endOfData, "554 Too Many Hops", "cisco-esa.loop.too-many-hops"),
        (.endOfData, "554 message body contains illegal bare CR/LF characters.", "cisco-esa.message_format.bare-cr-lf"),
        (.recipient, "550 #5.1.0 Address rejected user@example.test", "cisco-esa.mailbox_unknown.address-rejected"),
        (
            .connect,
            "554 esa.example.test Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
            "cisco-esa.reputation.poor-reputation"
        ),
        (.sender, "550 #5.7.1 SPF unauthorized mail is prohibited.", "cisco-esa.mail_auth.spf-fail"),
        (.sender, "451 #4.4.3 Temporary error occurred during SPF verification.", "cisco-esa.mail_auth.spf-temporary"),
        (.recipient, "452 Too many recipients received this hour", "cisco-esa.rate_limit.recipients-per-hour"),
        (
            .sender, "451 #4.1.8 Domain of sender address <user@example.test> does not resolve",
            "cisco-esa.sender_rejected.domain-does-not-resolve"
        ),
        (
            .sender, "553 #5.1.8 Domain of sender address <user@example.test> does not exist",
            "cisco-esa.sender_rejected.domain-does-not-exist"
        ),
        (.sender, "553 #5.5.4 Domain required for sender address <user>", "cisco-esa.sender_rejected.domain-required"),
    ]

    private static let walkthroughs: [(SessionStage?, String, String)] = [
        (
            .connect, "220 mail1.fabrikam.com Microsoft ESMTP MAIL Service ready at <day-date-time>",
            "microsoft.ok.greeting-esmtp"
        ),
        (
            .connect,
            "Connecting to mail1.fabrikam.com...Could not open connection to the host, on port 25: Connect failed",
            "smtp.network.connect-failed"
        ),
        (.hello, "250 mail1.fabrikam.com Hello [<sourceIPaddress>]", "microsoft.ok.ehlo"),
        (.hello, "501 5.5.4 Invalid domain name", "microsoft.host_identity.invalid-domain-name"),
        (.sender, "250 2.1.0 Sender OK", "microsoft.ok.sender"),
        (.sender, "550 5.1.7 Invalid address", "microsoft.sender_rejected.invalid-address"),
        (.sender, "530 5.7.1 Client was not authenticated", "microsoft.smtp_auth.not-authenticated"),
        (.recipient, "250 2.1.5 Recipient OK", "microsoft.ok.recipient"),
        (.recipient, "550 5.1.1 User unknown", "smtp.mailbox_unknown.user-unknown"),
        (.data, "354 Start mail input; end with <CRLF>.<CRLF>", "microsoft.ok.data-start"),
        (.endOfData, "250 2.6.0 <GUID> Queued mail for delivery", "microsoft.ok.queued"),
        (.quit, "221 2.0.0 Service closing transmission channel", "microsoft.ok.quit"),
        (
            .connect, "220 site.contoso.com Microsoft Exchange Internet Mail Connector <version number of the IMC>",
            "microsoft.ok.greeting-imc"
        ),
        (.other, "500 command not recognized", "microsoft.protocol.command-not-recognized"),
        (.hello, "250 OK", "microsoft.ok.ehlo-ok"),
        (.sender, "250 OK - MAIL FROM Admin@test.com", "microsoft.ok.mail-from"),
        (.recipient, "250 OK - Recipient User@Domain.Com", "microsoft.ok.recipient-named"),
        (.data, "354 Send data. End with CRLF.CRLF", "microsoft.ok.data-send"),
        (.endOfData, "250 OK", "microsoft.ok.eod-ok"),
        (.quit, "221 closing connection", "microsoft.ok.quit-closing"),
        (.connect, "220 mail.port25.com (PowerMTA(TM) v4.0) ESMTP service ready", "port25.ok.greeting"),
        (
            .connect, "220 mx.example.test ESMTP Sendmail 8.14.5/8.14.5; Thu, 25 Sep 2014 00:25:11 GMT",
            "sendmail.ok.greeting"
        ),
        (
            .hello,
            "250-mx.example.test Hello probe.example.test [192.0.2.10], pleased to meet you\n250-ENHANCEDSTATUSCODES\n250-PIPELINING\n250-EXPN\n250-VERB\n250-8BITMIME\n250-SIZE 33554432\n250-DSN\n250-ETRN\n250-STARTTLS\n250-DELIVERBY\n250 HELP",
            "sendmail.ok.ehlo"
        ),
        (.hello, "250-8BITMIME\n250-SIZE 41943040\n250 PIPELINING", "smtp.ok.ehlo-short-list"),
        (.hello, "250 DSN", "smtp.ok.ehlo-short-list"),
        (.sender, "250 2.1.0 <user@example.test>... Sender ok", "sendmail.ok.sender"),
        (.recipient, "250 2.1.5 <user@example.test>... Recipient ok", "sendmail.ok.recipient"),
        (.data, "354 Enter mail, end with \".\" on a line by itself", "sendmail.ok.data-enter"),
        (.endOfData, "250 2.0.0 s8P0PBDv017190 Message accepted for delivery", "sendmail.ok.accepted"),
        (.quit, "221 2.0.0 mx.example.test closing connection", "sendmail.ok.quit"),
        (.hello, "250 my_esa.local", "smtp.ok.helo"),
        (.sender, "250 sender <test@test.com> ok", "cisco-esa.ok.sender"),
        (.recipient, "250 recipient <user@other.com> ok", "cisco-esa.ok.recipient"),
        (.data, "354 go ahead", "cisco-esa.ok.data-go-ahead"),
        (.endOfData, "250 ok: Message 214 accepted", "cisco-esa.ok.accepted"),
        (.quit, "221 my_esa.local", "cisco-esa.ok.quit"),
    ]
}
