// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, strict memory safety, and no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let warnings: [CSetting] = [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "porthole",
    products: [.executable(name: "porthole", targets: ["porthole"])],
    dependencies: [
        // Sockets and event loops: the transport is not what Porthole exists for.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Options, help and usage errors.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // TOML for themes and configuration, with line numbers in its errors.
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // ground and engines: pure
        room("MailVocabulary"),
        room("SMTP", ["MailVocabulary"]),
        room("DNS", ["MailVocabulary"]),
        room("MailLog", ["MailVocabulary"]),
        .target(
            name: "Triage", dependencies: ["MailVocabulary", "SMTP", "DNS", "MailLog"], path: "Sources/Triage",
            exclude: ["Catalogue"], swiftSettings: strict),
        // screen: pure
        room("Canvas"),
        room("Dashboard", ["MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas"]),
        // shell
        room("Runtime", ["MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard"]),
        // These three load their libraries themselves, when they are asked for the first time.
        .target(name: "COpenSSL", path: "Sources/COpenSSL", cSettings: warnings),
        .target(name: "CIDN", path: "Sources/CIDN", cSettings: warnings),
        .target(name: "CUnbound", path: "Sources/CUnbound", cSettings: warnings),
        .target(name: "CLines", path: "Sources/CLines", cSettings: warnings),
        room("TLS", ["COpenSSL", "SMTP", nio[0]]),
        room(
            "Wire",
            [
                "MailVocabulary", "SMTP", "DNS", "MailLog", "TLS", "CUnbound", "CIDN", "CLines",
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ] + nio),
        .target(
            name: "CNcurses", path: "Sources/CNcurses", cSettings: warnings,
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        room("Curses", ["CNcurses", "Canvas"]),
        .target(name: "CAssets", path: "Sources/CAssets"),
        room("Assets", ["CAssets", "Triage", "Canvas", .product(name: "TOMLKit", package: "TOMLKit")]),
        room(
            "Lab",
            ["MailVocabulary", "SMTP", "DNS", "MailLog", "TLS", .product(name: "NIOHTTP1", package: "swift-nio")] + nio),
        // door
        .executableTarget(
            name: "porthole",
            dependencies: [
                "MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas", "Dashboard", "Runtime", "Wire",
                "Curses", "Assets", "Lab",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/porthole",
            swiftSettings: strict),
        // tests
        .target(
            name: "TestSupport", dependencies: ["MailVocabulary", "SMTP", "DNS", "MailLog", "Triage", "Canvas"],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("MailVocabularyTests", ["MailVocabulary"]),
        tests("SMTPTests", ["SMTP", "MailVocabulary"], exclude: ["Conversations"]),
        tests("DNSTests", ["DNS", "MailVocabulary"]),
        tests("MailLogTests", ["MailLog", "MailVocabulary"]),
        tests("TriageTests", ["Triage", "Assets", "SMTP", "DNS", "MailLog", "MailVocabulary"]),
        tests("CanvasTests", ["Canvas", "Assets", "Curses"]),
        tests(
            "DashboardTests",
            ["Dashboard", "Triage", "Assets", "SMTP", "DNS", "MailLog", "MailVocabulary", "Canvas"],
            exclude: ["Frames", "Words/english-only.txt"]),
        tests(
            "RuntimeTests", ["Runtime", "Dashboard", "Triage", "SMTP", "DNS", "MailLog", "MailVocabulary", "Canvas"]),
        tests("WireTests", ["Wire", "Lab", "TLS", "SMTP", "DNS", "MailLog", "MailVocabulary"] + nio),
        tests("LabTests", ["Lab", "TLS", "SMTP", "DNS", "MailLog", "MailVocabulary"] + nio),
        tests(
            "CommandTests",
            ["porthole", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
        tests("HouseTests", ["Dashboard", "DNS", "MailLog", "Triage"]),
    ]
)
