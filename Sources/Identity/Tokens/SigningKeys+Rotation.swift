import SQL
import Secrets
import Values

/// A signing key as an operator sees it: nothing in it is secret.
package struct SigningKeyDetails: RowDecodable {
    package let id: String
    package let algorithm: String
    package let signsFrom: Instant
    package let retiresAt: Instant?

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        algorithm = try row.next()
        signsFrom = try row.next()
        retiresAt = try row.next()
    }

    static let list = Statement(
        .scan,
        """
        SELECT id, algorithm, created_at, retired_at FROM signing_keys
        ORDER BY created_at DESC, id DESC
        """, returns: SigningKeyDetails.self)

    static let statements: [StatementCore] = [list.core]
}

extension SigningKeys {
    /// How long a new key is published before it signs: twice the five minutes for which others may
    /// keep the key set. All nodes look at the keys each minute.
    package static let publishedBefore: Duration = .minutes(10)

    /// Makes a new key that signs from a little later on. The ones there are stay in the key set until
    /// the last token that they may sign has ended.
    package func rotate(
        tokensLiveFor lifetime: Duration, at now: Instant, in transaction: any Transaction
    ) async throws -> String {
        let start = now + Self.publishedBefore
        let id = try await makeKey(signingFrom: start, in: transaction)
        // A node that has just looked signs with the old key for another minute; the rest is slack.
        try await transaction.execute(
            SigningKeyRow.retireOthers, id, start + lifetime + Self.publishedBefore)
        return id
    }

    package func list() async throws(DatabaseError) -> [SigningKeyDetails] {
        try await database.all(SigningKeyDetails.list)
    }

    /// Takes note of keys that were rotated, and forgets those whose time is over.
    func sweep(at now: Instant) async throws {
        try await load(at: now)
        try await database.execute(SigningKeyRow.deleteRetired, now)
    }
}
