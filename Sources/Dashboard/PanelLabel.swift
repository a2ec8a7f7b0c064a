import Canvas
import Triage

/// The words in the left column of the panels, in the languages of the catalogue. At most seven columns wide.
enum PanelLabel: CaseIterable {
    case likely, next, joined, acts, code, basis, alternatives, sources

    func text(in language: Language) -> PrintableText {
        switch (self, language) {
        case (.likely, .english): "Likely"
        case (.likely, .japanese): "原因"
        case (.next, .english): "Next"
        case (.next, .japanese): "次に"
        case (.joined, .english): "Joined"
        case (.joined, .japanese): "照合"
        case (.acts, .english): "Acts"
        case (.acts, .japanese): "対応者"
        case (.code, .english): "Code"
        case (.code, .japanese): "コード"
        case (.basis, .english): "Basis"
        case (.basis, .japanese): "根拠"
        case (.alternatives, .english): "Or"
        case (.alternatives, .japanese): "他には"
        case (.sources, .english): "From"
        case (.sources, .japanese): "出典"
        }
    }
}
