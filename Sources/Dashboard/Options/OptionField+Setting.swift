import MailVocabulary

/// Every line of the form by `:set`, too: `:set raw-file /tmp/message.eml` is what `e`, the field and Enter do.
extension OptionField {
    /// The name as one word in lower case, as `:set` takes it.
    var word: String { name.lowercased().split(separator: " ").joined(separator: "-") }

    /// - Returns: what another line has against it from now on: of two that belong together one must be the first.
    /// - Throws: what is wrong with the value, as the form says it.
    func set(_ text: String, in settings: inout Settings) throws(PreferenceFault) -> Phrase? {
        if !choices.isEmpty, !choices.contains(text) {
            throw PreferenceFault("\(word) takes one of: \(choices.joined(separator: ", "))")
        }
        var form = OptionsForm(settings)
        var before = settings
        _ = form.apply(to: &before)
        let known = form.faults
        form = OptionsForm(settings)
        form.fill(self, with: text)
        if form.apply(to: &settings) { return nil }
        if let fault = form.faults[name] { throw PreferenceFault(fault) }
        // Another line is at fault: as it was before, or by this change.
        if let fault = write(text, &settings) { throw PreferenceFault(fault) }
        let fault = OptionField.all.first { known[$0.name] == nil && form.faults[$0.name] != nil }
        return fault.flatMap { field in form.faults[field.name].map { "\(field.word): \($0)" } }
    }
}
