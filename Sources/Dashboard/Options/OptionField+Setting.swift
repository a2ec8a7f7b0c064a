import MailVocabulary

/// Every line of the form by `:set`, too: `:set raw-file /tmp/message.eml` is what `e`, the field and Enter do.
extension OptionField {
    /// The name as one word in lower case, as `:set` takes it.
    var word: String { name.lowercased().split(separator: " ").joined(separator: "-") }

    /// - Throws: what is wrong with the value, as the form says it.
    func set(_ text: String, in settings: inout Settings) throws(PreferenceFault) {
        if !choices.isEmpty, !choices.contains(text) {
            throw PreferenceFault("\(word) takes one of: \(choices.joined(separator: ", "))")
        }
        var form = OptionsForm(settings)
        form.fill(self, with: text)
        if form.apply(to: &settings) { return }
        if let fault = form.faults[name] { throw PreferenceFault(fault) }
        // Another line is at fault, as it was before: the server is not yet named.
        if let fault = write(text, &settings) { throw PreferenceFault(fault) }
    }
}
