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
        settings.tls = tls
        settings.subject = try checkedSubject()
        settings.body = body + "\n"
        if let target { settings.target = try self.target(target) }
        settings.recipients = try recipients(settings.target)
        return settings
    }
}
