/// A kind of code that S3-31 asks coverage of, and which of our targets are of that kind
/// (docs/architecture.md, Equivalents).
package struct CoverageKind: Sendable {
    package let name: String
    /// Percent of the lines.
    package let asked: Int
    package let targets: [String]

    package static let all = [
        CoverageKind(
            name: "services", asked: 90,
            targets: [
                "Identity", "SignIn", "Organizations", "APIKeys", "Resources", "Bus", "Jobs",
                "Changes", "Mail", "Realtime", "Files", "Icons", "Studio",
            ]),
        CoverageKind(
            name: "controllers", asked: 80, targets: ["API", "Surfaces", "Console", "Server"]),
        CoverageKind(
            name: "repositories", asked: 70, targets: ["SQL", "SQLiteStore", "PostgresStore"]),
        CoverageKind(
            name: "utilities", asked: 90,
            targets: [
                "Values", "Coding", "Secrets", "Logs", "Loop", "HTTP", "HTTPServer", "Outgoing",
                "SVG",
            ]),
    ]

    package func isReached(covered: Int, of lines: Int) -> Bool {
        covered * 100 >= lines * asked
    }
}
