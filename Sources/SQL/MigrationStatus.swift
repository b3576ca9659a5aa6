import Values

/// Where one migration stands.
package struct MigrationStatus: Hashable, Sendable {
    /// How the migration stands in the database that was asked.
    package enum State: Hashable, Sendable {
        case pending
        case applied(Instant)
        /// Applied, and edited since.
        case changed(Instant)
        /// Applied, and not in this program.
        case unknown(Instant)
    }

    package let id: String
    package let state: State
}
