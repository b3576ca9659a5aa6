import SQL

extension RefreshRow {
    /// Finds the few successors whose grace may have ended, each minute, among all tokens that there
    /// are. Nothing else is in it.
    static let rotatedIndex = Migration(
        "core/0010_refresh_rotated_index",
        sqlite: .init(
            up: """
                CREATE INDEX refresh_tokens_rotated_at_index ON refresh_tokens (rotated_at)
                    WHERE successor_sealed IS NOT NULL
                """, down: "DROP INDEX refresh_tokens_rotated_at_index"),
        postgres: .init(
            up: """
                CREATE INDEX refresh_tokens_rotated_at_index ON refresh_tokens (rotated_at)
                    WHERE successor_sealed IS NOT NULL
                """, down: "DROP INDEX refresh_tokens_rotated_at_index"))
}
