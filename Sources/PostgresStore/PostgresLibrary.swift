import CPostgres

/// libpq, loaded when the first database of PostgreSQL is opened: with the libraries that it brings,
/// it would cost every server on SQLite megabytes and milliseconds of its start.
enum PostgresLibrary {
    /// Why it cannot be used. Nil when it can. The first to ask loads it, which takes milliseconds.
    static let problem: String? = postgres_problem().map {
        "\(String(cString: $0)); install the package libpq5"
    }
}
