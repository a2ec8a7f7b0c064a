import Dashboard
import SMTP

extension EnvelopeOptions {
    /// What the dashboard starts with.
    ///
    /// - Throws: `CommandFailure` for a value that cannot be used.
    func settings(_ target: String?) throws -> Settings {
        var settings = Settings()
        settings.helloName = try checkedHelo()
        settings.reversePath = try checkedFrom()
        settings.tls = tls ?? .offered
        settings.message.subject = try checkedSubject()
        try MessageReading.name(text: body, in: &settings.message)
        settings.security.trustFile = caFile
        if let target { settings.target = try self.target(target) }
        settings.recipients = try recipients(settings.target)
        return settings
    }

    /// The preferences that the command line has decided, so that the configuration file does not.
    var given: Set<String> {
        var names: Set<String> = []
        if helo != nil { names.insert("helo") }
        if from != nil { names.insert("from") }
        if tls != nil { names.insert("tls") }
        if !to.isEmpty { names.insert("to") }
        return names
    }
}
