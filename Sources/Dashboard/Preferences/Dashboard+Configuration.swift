import MailVocabulary

extension Dashboard {
    /// What is said at the start about a configuration with faults; nothing about one without.
    public var configurationNotice: Notice? {
        guard let first = configurationFaults.first else { return nil }
        let more = configurationFaults.count - 1
        return more == 0
            ? Notice("\(first); :checkhealth", .bad) : Notice("\(first) (and \(more) more: :checkhealth)", .bad)
    }
}
