import FoundationEssentials

/// Where the sentences of the screen are written, and which literals there are none.
enum PhraseSources {
    /// Folders and files whose literals are sentences of the screen unless they are listed in `names`.
    static let places = ["Sources/Dashboard"]

    /// Files that are spared: their words are not the screen's.
    static let spared: Set<String> = []

    /// Literals with letters that are the same in every language: what goes over the wire, names of records and protocols, names of
    /// commands and their arguments, names of keys.
    static let names: Set<String> = []

    static func files() throws -> [String] {
        try places.flatMap { place -> [String] in
            if place.hasSuffix(".swift") { return [place] }
            return try FileManager.default.subpathsOfDirectory(atPath: root + place)
                .filter { $0.hasSuffix(".swift") }.sorted().map { "\(place)/\($0)" }
        }.filter { !spared.contains($0) }
    }

    static func literals(of path: String) throws -> [SwiftLiterals.Literal] {
        SwiftLiterals(try String(contentsOfFile: root + path, encoding: .utf8)).all
    }

    /// Two letters in a row outside of the places, and no name.
    static func isSentence(_ key: String) -> Bool {
        var run = 0
        for character in key {
            run = character.isASCII && character.isLetter ? run + 1 : 0
            if run == 2 { return !names.contains(key) }
        }
        return false
    }

    /// The package's folder. Links are followed: a folder behind one lists nothing.
    private static let root: String = {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path + "/"
    }()
}
