import Testing

/// Who may import what: the one table. A room that is not in it fails.
@Suite("Import rules")
struct ImportRulesTests {
    static let ours: Set<String> = [
        "MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard", "Runtime", "TLS", "Wire", "Curses",
        "Assets", "Lab", "COpenSSL", "CUnbound", "CIDN", "CLines", "CNcurses", "CAssets",
    ]

    /// Rooms of ours and modules of others, by room. What is not listed is not allowed.
    static let allowed: [String: Set<String>] = [
        "MailVocabulary": [],
        "SMTP": ["MailVocabulary"],
        "DNS": ["MailVocabulary"],
        "MailLog": ["MailVocabulary"],
        "Triage": ["MailVocabulary", "SMTP", "DNS", "MailLog"],
        "Canvas": [],
        "Dashboard": ["MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas"],
        "Runtime": [
            "MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard", "Synchronization",
        ],
        "TLS": ["COpenSSL", "SMTP", "NIOCore"],
        "Wire": [
            "MailVocabulary", "SMTP", "DNS", "MailLog", "TLS", "CUnbound", "CIDN", "CLines", "NIOCore", "NIOPosix",
            "NIOHTTP1",
            "Glibc",
            "Synchronization", "Dispatch", "FoundationEssentials",
        ],
        "Curses": ["CNcurses", "Canvas", "Glibc", "Synchronization"],
        "Assets": [
            "CAssets", "Triage", "Canvas", "TOMLKit", "FoundationEssentials", "Glibc", "MailVocabulary", "SMTP",
        ],
        "Lab": [
            "MailVocabulary", "SMTP", "DNS", "MailLog", "TLS", "NIOCore", "NIOPosix", "NIOHTTP1", "Glibc",
            "Synchronization", "FoundationEssentials",
        ],
        "porthole": [
            "MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard", "Runtime", "Wire", "Curses",
            "Assets", "Lab", "ArgumentParser", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization",
        ],
    ]

    static let pure: Set<String> = ["MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard"]

    @Test("every room is in the table")
    func rooms() throws {
        let rooms = try Tree.folders(in: "Sources").filter {
            !["COpenSSL", "CUnbound", "CIDN", "CLines", "CNcurses", "CAssets"].contains($0)
        }
        #expect(Set(rooms) == Set(Self.allowed.keys))
    }

    @Test("every room imports only what the table allows")
    func imports() throws {
        for (room, allowed) in Self.allowed {
            for file in Tree.files(below: "Sources/\(room)", ending: ".swift") {
                for module in try Self.modules(in: "Sources/\(room)/\(file)") {
                    #expect(allowed.contains(module), "\(room)/\(file) imports \(module)")
                }
            }
        }
    }

    @Test("no pure room contains the word unsafe, or reads a clock")
    func purity() throws {
        for room in Self.pure {
            for file in Tree.files(below: "Sources/\(room)", ending: ".swift") {
                let code = try Self.code(of: "Sources/\(room)/\(file)")
                for word in ["unsafe", "ContinuousClock", "SuspendingClock", "Date("] {
                    #expect(!code.contains(word), "\(room)/\(file) contains \(word)")
                }
            }
        }
    }

    @Test("the ways around the compiler's checks stand only in Wire, TLS and Curses, with a reason above them")
    func unchecked() throws {
        for file in Tree.files(below: "Sources", ending: ".swift") {
            let lines = try Tree.text("Sources/\(file)").split(separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() {
                let text = line.drop { $0 == " " }
                guard !text.hasPrefix("//") else { continue }
                for word in ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"] where text.contains(word)
                {
                    let isAllowed = ["Wire/", "TLS/", "Curses/"].contains { file.hasPrefix($0) }
                    #expect(isAllowed, "\(file):\(number + 1) has \(word)")
                    let above = lines[max(0, number - 8)..<number].contains { $0.contains("//") }
                    #expect(above, "\(file):\(number + 1) does not say why \(word) is safe")
                }
            }
        }
    }

    @Test("the curses and OpenSSL headers stay inside their shims")
    func shims() throws {
        for (room, header) in [
            ("CNcurses", "curses.h"), ("COpenSSL", "openssl/"), ("CUnbound", "unbound.h"), ("CIDN", "idn2.h"),
        ] {
            for file in Tree.files(below: "Sources/\(room)/include", ending: ".h") {
                #expect(try !Tree.text("Sources/\(room)/include/\(file)").contains("#include <\(header)"))
            }
        }
    }

    private static func modules(in path: String) throws -> [String] {
        try Tree.text(path).split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ")
            while let first = words.first, first.hasPrefix("@") || ["public", "internal", "private"].contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "let", "var"]
            let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            return String(name.prefix { $0 != "." })
        }
    }

    /// The file without its comments.
    private static func code(of path: String) throws -> String {
        try Tree.text(path).split(separator: "\n").map { line in
            guard let comment = line.firstRange(of: "//") else { return String(line) }
            return String(line[..<comment.lowerBound])
        }.joined(separator: "\n")
    }
}
