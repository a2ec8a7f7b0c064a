import SMTP

/// A piece of a report, before it has a form. Its text is outside text.
enum ReportBlock: Hashable, Sendable {
    case title(String)
    case heading(String)
    case paragraph(String)
    case list([String])
    case table(head: [String], rows: [[String]])
    /// Lines as they are.
    case lines([String])
}

extension [ReportBlock] {
    /// The blocks in a form in which nothing of their text is markup.
    func written(as format: ReportFormat) -> String {
        switch format {
        case .markdown: map(\.markdown).joined(separator: "\n")
        case .html:
            "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Porthole report</title>\n"
                + "<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}pre{background:#eee;padding:1em;"
                + "overflow:auto}td,th{text-align:left;padding:0 1em 0 0;vertical-align:top}</style>\n"
                + map(\.html).joined() + "</html>\n"
        case .text, .json: map(\.plain).joined(separator: "\n")
        }
    }
}

extension ReportBlock {
    fileprivate var markdown: String {
        switch self {
        case .title(let text): "# \(Self.safe(text))\n"
        case .heading(let text): "## \(Self.safe(text))\n"
        case .paragraph(let text): "\(Self.safe(text))\n"
        case .list(let items): items.map { "- \(Self.safe($0))\n" }.joined()
        case .table(let head, let rows):
            ([head, head.map { _ in "---" }] + rows.map { $0.map(Self.cell) })
                .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
        case .lines(let lines):
            // A fence longer than any run of backticks within.
            Self.fence(lines) + "\n" + lines.map { EvidenceText.escaped($0) + "\n" }.joined() + Self.fence(lines) + "\n"
        }
    }

    fileprivate var plain: String {
        switch self {
        case .title(let text), .heading(let text):
            "\(EvidenceText.escaped(text))\n" + String(repeating: "=", count: Swift.min(78, text.count)) + "\n"
        case .paragraph(let text): "\(EvidenceText.escaped(text))\n"
        case .list(let items): items.map { "- \(EvidenceText.escaped($0))\n" }.joined()
        case .table(_, let rows):
            rows.map { $0.map { EvidenceText.escaped($0) }.joined(separator: "   ") + "\n" }.joined()
        case .lines(let lines): lines.map { "  \(EvidenceText.escaped($0))\n" }.joined()
        }
    }

    fileprivate var html: String {
        switch self {
        case .title(let text): "<h1>\(Self.html(text))</h1>\n"
        case .heading(let text): "<h2>\(Self.html(text))</h2>\n"
        case .paragraph(let text): "<p>\(Self.html(text))</p>\n"
        case .list(let items): "<ul>\n" + items.map { "<li>\(Self.html($0))</li>\n" }.joined() + "</ul>\n"
        case .table(let head, let rows):
            "<table>\n<tr>" + head.map { "<th>\(Self.html($0))</th>" }.joined() + "</tr>\n"
                + rows.map { "<tr>" + $0.map { "<td>\(Self.html($0))</td>" }.joined() + "</tr>\n" }.joined()
                + "</table>\n"
        case .lines(let lines): "<pre>" + lines.map { Self.html($0) + "\n" }.joined() + "</pre>\n"
        }
    }

    /// Characters that Markdown would take for markup stand behind a backslash.
    private static func safe(_ text: String) -> String {
        var result = ""
        for character in EvidenceText.escaped(text) {
            if "\\`*_[]<>#|".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private static func cell(_ text: String) -> String { safe(text) }

    private static func fence(_ lines: [String]) -> String {
        var longest = 0
        for line in lines {
            var run = 0
            for character in line {
                run = character == "`" ? run + 1 : 0
                longest = Swift.max(longest, run)
            }
        }
        return String(repeating: "`", count: Swift.max(3, longest + 1))
    }

    private static func html(_ text: String) -> String {
        var result = ""
        for character in EvidenceText.escaped(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _: result.append(character)
            }
        }
        return result
    }
}
