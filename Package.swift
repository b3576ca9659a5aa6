// swift-tools-version: 6.2
import PackageDescription

// Atrium has no package dependencies: the toolchain and the distribution's C libraries are all it
// builds on (docs/decisions/0001). Targets are listed by layer; a target may depend only on targets
// above it in this list, and SwiftPM refuses what is not declared here.

let swift: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// For the engines whose classes belong to one thread each: overlapping access, which is then a
/// mistake that needs no second thread to show, is looked for by every test and not by each request
/// of a release (docs/decisions/0002).
let loopBound: SwiftSetting = .unsafeFlags(
    ["-enforce-exclusivity=unchecked"], .when(configuration: .release))

/// A release asks for types by their accessors. By their names, as is usual, each would be looked for among
/// all conformances of the program when it is first needed. What nothing refers to is left out.
let lean: SwiftSetting = .unsafeFlags(
    [
        "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors",
        "-Xfrontend", "-function-sections",
    ], .when(configuration: .release))

/// What looks for a text in a text, or cuts one at another, comes from Swift's module of regular expressions,
/// which brings a parser and a machine for them: 1.1 MB that nobody needs. What is served does without it
/// (`Sources/Values/StringProtocol+Search.swift`), and the compiler says where it does not.
let plain: SwiftSetting = .unsafeFlags(
    ["-Xfrontend", "-disable-implicit-string-processing-module-import"])

/// What few requests pass through is made small, not fast: memory holds a function with all that lies within
/// 64 KB of it.
let small: SwiftSetting = .unsafeFlags(["-Osize"], .when(configuration: .release))

/// Nobody asks a program for its symbols, so they stay out of its tables; and gold, which the toolchain takes
/// by itself, cannot pack the addresses that the loader has to move: 10 KB in place of 1.2 MB. What no start
/// runs lies apart.
let packed: LinkerSetting = .unsafeFlags(
    [
        "-use-ld=lld", "-Xlinker", "--no-export-dynamic",
        "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
        "-Xlinker", "-T", "-Xlinker", "\(Context.packageDirectory)/Tools/link/seldom.ld",
    ], .when(platforms: [.linux], configuration: .release))

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], isLoopBound: Bool = false,
    isServed: Bool = true, isSmall: Bool = false, plugins: [Target.PluginUsage] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies,
        swiftSettings: swift + [lean] + (isServed ? [plain] : [])
            + (isLoopBound ? [loopBound] : []) + (isSmall ? [small] : []),
        plugins: plugins)
}

func app(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/Apps/\(name)",
        swiftSettings: swift + [lean, plain, small])
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Sources/Executables/\(name)",
        swiftSettings: swift, linkerSettings: [packed])
}

func clang(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}

let package = Package(
    name: "atrium",
    targets: [
        // 0: C libraries. Module maps and shims, no Swift.
        .target(name: "CLinux", path: "Sources/C/CLinux"),
        clang("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
        clang("CCrypt", apt: "libcrypt-dev"),
        clang("CArgon2", pkgConfig: "libargon2", apt: "libargon2-dev"),
        clang("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        clang("CCompression", apt: "libbrotli-dev"),
        .target(name: "CCurl", path: "Sources/C/CCurl"),
        .target(name: "CPostgres", path: "Sources/C/CPostgres"),
        .target(
            name: "CXML", path: "Sources/C/CXML",
            cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),

        // 1: vocabulary.
        library("Values", ["CLinux"]),
        library("Secrets", ["Values", "Coding", "COpenSSL", "CCrypt", "CArgon2"]),
        library("Coding", ["Values"]),
        library("Logs", ["Values", "Coding"]),

        // 2: engines.
        library("Loop", ["CLinux", "Values"], isLoopBound: true),
        library("SQL", ["Values"]),
        library(
            "SQLiteStore", ["SQL", "Loop", "Values", "CSQLite", "CLinux"], isLoopBound: true),
        library(
            "PostgresStore", ["SQL", "Loop", "Values", "CPostgres", "CLinux"], isLoopBound: true),
        library("HTTP", ["Values"], isLoopBound: true),
        library(
            "HTTPServer", ["HTTP", "Loop", "Values", "CLinux", "CCompression", "COpenSSL"],
            isLoopBound: true),

        library("Outgoing", ["HTTP", "Loop", "Values", "CCurl"], isLoopBound: true),
        library("SVG", ["Values", "CXML"]),

        // 3: application.
        library("Bus", ["PostgresStore", "SQL", "Values"]),
        library("Jobs", ["Bus", "SQL", "Logs", "Loop", "Values"]),
        library(
            "Changes", ["Jobs", "Bus", "SQL", "Coding", "Logs", "Loop", "Values"]),
        library("API", ["Jobs", "HTTP", "Coding", "SQL", "Logs", "Loop", "Values", "Secrets"]),
        library(
            "Mail", ["Jobs", "Outgoing", "HTTP", "SQL", "Secrets", "Coding", "Loop", "Values"]),

        // 4: identity.
        library(
            "Identity",
            [
                "Mail", "Jobs", "API", "HTTP", "Logs", "Bus", "SQL", "Secrets", "Coding", "Loop",
                "Values",
            ]),
        library("Surfaces", ["Identity", "API", "HTTP", "Secrets", "Coding", "Values"]),

        // 5: features.
        library(
            "SignIn",
            [
                "Surfaces", "Identity", "Mail", "Jobs", "API", "Outgoing", "HTTP", "SQL", "Loop",
                "Logs", "Secrets", "Coding", "Values",
            ]),

        library(
            "Organizations",
            ["Surfaces", "Identity", "Mail", "API", "SQL", "Coding", "Values"], isSmall: true),
        library(
            "APIKeys",
            ["Surfaces", "Identity", "API", "SQL", "Secrets", "Coding", "Values"]),
        library(
            "Resources",
            [
                "Surfaces", "Identity", "Changes", "API", "HTTP", "SQL", "Secrets", "Coding",
                "Values",
            ]),

        library(
            "Realtime",
            [
                "Resources", "Surfaces", "Identity", "Changes", "Jobs", "API", "Bus", "HTTP", "SQL",
                "Logs", "Loop", "Coding", "Secrets", "Values",
            ]),

        library(
            "Files",
            [
                "Surfaces", "Identity", "Jobs", "API", "HTTP", "SQL", "Loop", "Logs", "Coding",
                "Secrets", "Values", "CLinux",
            ], isSmall: true),

        // 6: apps and pages.
        program("embed-assets", ["CCompression", "COpenSSL"]),
        .plugin(name: "EmbedAssets", capability: .buildTool(), dependencies: ["embed-assets"]),
        library(
            "Console", ["API", "HTTP", "Coding", "Secrets", "Values"],
            plugins: ["EmbedAssets"]),
        app(
            "Icons",
            [
                "Surfaces", "Identity", "Jobs", "API", "SVG", "Outgoing", "HTTP", "SQL", "Loop",
                "Logs", "Secrets", "Coding", "Values",
            ]),
        app(
            "Studio",
            [
                "Files", "Realtime", "Surfaces", "Identity", "Jobs", "API", "HTTP", "SQL",
                "Secrets", "Coding", "Values",
            ]),

        // 7: composition.
        library(
            "Server",
            [
                "Icons", "Studio", "SVG", "Console", "Files", "Realtime", "Resources", "APIKeys",
                "Organizations",
                "SignIn",
                "Surfaces", "Identity", "Mail", "Changes", "Jobs", "API", "Bus", "Outgoing",
                "HTTPServer",
                "HTTP",
                "PostgresStore",
                "SQLiteStore", "SQL", "Loop", "Logs", "Coding", "Secrets", "Values", "CLinux",
            ], isSmall: true),
        program("atrium", ["Server"]),

        // Test support.
        library(
            "DatabaseTesting",
            ["SQLiteStore", "PostgresStore", "SQL", "Loop", "Values", "CPostgres", "CLinux"]),
        library("MailTesting", ["DatabaseTesting"]),
        library("Fuzzing", ["Values", "CLinux"], isServed: false),
        library("SVGTesting", ["Fuzzing", "SVG", "Values"]),
        library(
            "ProviderTesting", ["HTTPServer", "HTTP", "Loop", "Coding", "Secrets", "Values"]),
        library(
            "AtriumTesting",
            [
                "Server", "API", "Jobs", "DatabaseTesting", "HTTP", "Loop", "Logs", "SQL", "Coding",
                "Values",
            ]),
        program(
            "atrium-conformance",
            [
                "Server", "AtriumTesting", "Surfaces", "Identity", "Mail", "Jobs", "HTTPServer",
                "HTTP",
                "SQL", "Loop", "Logs", "Coding", "Values",
            ]),
        // The workshop.
        program("fuzz-http", ["Fuzzing", "HTTP", "Values"]),
        program("echo-websocket", ["HTTPServer", "HTTP", "Loop"]),
        program("fuzz-websocket", ["Fuzzing", "HTTP", "Values"]),
        library("Tidy", isServed: false),
        library("Measuring", isServed: false),
        program("bench-json", ["Coding", "Values"]),
        program("fuzz-json", ["Fuzzing", "Coding", "Values"]),
        program("fuzz-svg", ["Fuzzing", "SVG", "SVGTesting"]),
        program(
            "dev",
            [
                "Tidy", "Measuring", "DatabaseTesting", "ProviderTesting", "Identity",
                "PostgresStore", "SQLiteStore", "Resources", "SVG", "SVGTesting", "SQL",
                "Coding", "Loop", "Values",
                "CPostgres", "CSQLite", "CCrypt", "COpenSSL", "CLinux",
            ]),
        tests("TidyTests", ["Tidy"]),
        tests("MeasuringTests", ["Measuring", "Tidy"]),
        tests("PackagingTests", []),
        tests("ValuesTests", ["Values"]),
        tests("SQLTests", ["SQL", "Values"]),
        tests(
            "StoreContractTests",
            ["SQL", "Values", "DatabaseTesting"]),
        tests(
            "OutgoingTests",
            ["Outgoing", "MailTesting", "HTTPServer", "HTTP", "Loop", "Values"]),
        tests("SVGTests", ["SVG", "SVGTesting", "Fuzzing"]),
        tests(
            "IconsTests",
            [
                "Icons", "SVG", "Outgoing", "AtriumTesting", "ProviderTesting", "DatabaseTesting",
                "Server", "Identity", "API", "Logs", "HTTP", "SQL", "Secrets", "Loop",
                "Coding", "Values",
            ]),
        tests(
            "StudioTests",
            [
                "Studio", "AtriumTesting", "DatabaseTesting", "Server", "Realtime", "Identity",
                "Files", "Surfaces", "API", "Jobs", "HTTP", "SQL", "Secrets", "Coding", "Values",
            ]),
        tests(
            "FilesTests",
            [
                "Files", "AtriumTesting", "DatabaseTesting", "Server", "Identity", "API", "Jobs",
                "HTTP", "SQL", "Secrets", "Logs", "Loop", "Coding", "Values",
            ]),
        tests(
            "JobsTests",
            ["Jobs", "Bus", "DatabaseTesting", "Logs", "SQL", "Loop", "Values"]),
        tests(
            "ChangesTests",
            [
                "Changes", "Jobs", "Bus", "SQLiteStore", "PostgresStore", "DatabaseTesting", "Logs",
                "SQL", "Coding", "Loop", "Values",
            ]),
        tests(
            "MailTests",
            [
                "Mail", "Identity", "Organizations", "Jobs", "Outgoing", "Server", "AtriumTesting",
                "MailTesting",
                "DatabaseTesting", "HTTP", "SQL", "Coding", "Loop", "Values",
            ]),
        tests("BusTests", ["Bus", "PostgresStore", "DatabaseTesting", "SQL", "Loop"]),
        tests(
            "SQLiteStoreTests",
            ["SQLiteStore", "SQL", "Loop", "Values", "DatabaseTesting", "CLinux"]),
        tests("LoopTests", ["Loop", "CLinux"]),
        tests("HTTPTests", ["HTTP", "Values"]),
        tests(
            "HTTPServerTests", ["HTTPServer", "HTTP", "Loop", "Values", "CLinux", "CCompression"]),
        tests("PostgresStoreTests", ["PostgresStore", "DatabaseTesting", "SQL", "Loop", "Values"]),
        tests("CodingTests", ["Coding", "Values"]),
        tests("SecretsTests", ["Secrets", "Coding", "Values"]),
        tests("LogsTests", ["Logs", "Coding", "Values"]),
        tests(
            "IdentityTests",
            [
                "AtriumTesting", "DatabaseTesting", "Server", "Icons", "Studio", "Files",
                "Realtime",
                "Identity",
                "API", "Bus",
                "HTTP",
                "SQL", "Secrets", "Coding", "Logs", "Loop", "Values",
            ]),
        tests(
            "SurfacesTests",
            [
                "AtriumTesting", "DatabaseTesting", "Server", "Identity", "Surfaces", "API", "HTTP",
                "SQL",
                "Coding", "Values",
            ]),
        tests(
            "ConsoleTests",
            ["AtriumTesting", "DatabaseTesting", "Console", "Server", "HTTP", "Coding", "Values"]),
        tests(
            "SignInTests",
            [
                "AtriumTesting", "ProviderTesting", "DatabaseTesting", "Server", "Surfaces",
                "SignIn", "Identity", "Jobs", "API", "HTTP", "SQL", "Secrets", "Coding", "Logs",
                "Values",
            ]),
        tests(
            "OrganizationsTests",
            [
                "AtriumTesting", "DatabaseTesting", "Server", "Organizations", "Identity", "HTTP",
                "SQL", "Coding", "Values",
            ]),
        tests(
            "APIKeysTests",
            [
                "AtriumTesting", "DatabaseTesting", "Server", "Identity", "HTTP", "SQL", "Coding",
                "Logs", "Values",
            ]),
        tests(
            "ResourcesTests",
            [
                "Resources", "AtriumTesting", "Server", "Surfaces", "Changes", "API", "HTTP",
                "DatabaseTesting", "Identity", "SQL", "Secrets", "Coding", "Values",
            ]),
        tests(
            "RealtimeTests",
            [
                "Realtime", "Resources", "AtriumTesting", "Server", "Surfaces", "Changes", "API",
                "Bus", "HTTPServer", "HTTP", "DatabaseTesting", "Identity", "Logs", "Loop", "SQL",
                "Secrets", "Coding", "Values", "CLinux", "atrium",
            ]),
        tests(
            "ServerTests",
            [
                "Server", "atrium", "DatabaseTesting", "Resources", "Files", "Changes", "Jobs",
                "Bus",
                "Mail",
                "API", "Identity", "HTTP", "SQL", "Loop", "SQLiteStore", "PostgresStore", "Logs",
                "Coding", "Secrets", "Values",
            ]),
        tests(
            "APITests",
            ["API", "HTTP", "Coding", "SQL", "Logs", "Loop", "Values", "DatabaseTesting"]),
    ],
    swiftLanguageModes: [.v6]
)
