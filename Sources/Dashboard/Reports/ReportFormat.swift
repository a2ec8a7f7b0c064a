/// How a report is written.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    case markdown = "md"
    case html
    case json
    case text = "txt"

    var name: String {
        switch self {
        case .markdown: "Markdown"
        case .html: "HTML"
        case .json: "JSON"
        case .text: "text"
        }
    }

    /// By the end of a file's name; `nil` for any other end.
    init?(path: String) {
        guard let dot = path.lastIndex(of: "."),
            let format = Self(rawValue: path[path.index(after: dot)...].lowercased())
        else { return nil }
        self = format
    }
}
