import Assets
import Canvas
import FoundationEssentials

/// A theme by name or by file: the user's folder goes before what is compiled in.
enum ThemeChoice {
    /// - Throws: an error whose description is one sentence with file and line.
    static func theme(named name: String) throws -> Theme {
        if name.contains("/") || name.hasSuffix(".toml") { return try ThemeAssets.theme(file: name) }
        if let folder = Folders.configuration {
            let path = "\(folder)/themes/\(name).toml"
            if FileManager.default.fileExists(atPath: path) { return try ThemeAssets.theme(file: path) }
        }
        return try ThemeAssets.theme(named: name)
    }

    /// True when the environment asks for no colour, https://no-color.org.
    static var wantsNoColour: Bool { !(Environment["NO_COLOR"] ?? "").isEmpty }
}
