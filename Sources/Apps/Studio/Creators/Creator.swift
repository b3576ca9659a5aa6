import Identity
import SQL
import Values

/// A user who streams: what he has subscribed to, and how he wants the studio to be. A row in
/// `creators` (S4-15).
package struct Creator: Sendable, RowDecodable {
    package let id: ID<User>
    /// The user's, as of when he was last here.
    package let email: EmailAddress
    package let displayName: String
    package let tier: Studio.Tier
    let settings: CreatorSettings
    /// Which of his lasting overlay links is good: each new one has the next number.
    let overlayNumber: Int
    package let createdAt: Instant
    package let updatedAt: Instant

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        email = try row.next()
        displayName = try row.next()
        tier = try row.next()
        settings = try row.next()
        overlayNumber = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }
}
