import MailVocabulary

/// The words in the left column of the panels. At most seven columns wide in every language.
enum PanelLabel: CaseIterable {
    case likely, next, joined, acts, code, named, basis, alternatives, sources

    var phrase: Phrase {
        switch self {
        case .likely: "Likely"
        case .next: "Next"
        case .joined: "Joined"
        case .acts: "Acts"
        case .code: "Code"
        case .named: "Named"
        case .basis: "Basis"
        case .alternatives: "Or"
        case .sources: "From"
        }
    }
}
