import MailVocabulary

extension Dashboard {
    /// What is said at the start about a configuration with faults; nothing about one without.
    public var configurationNotice: Notice? {
        guard let first = configurationFaults.first else { return nil }
        return Notice("\(configurationFaults.count) faults in the configuration (:checkhealth): \(first)", .bad)
    }
}
