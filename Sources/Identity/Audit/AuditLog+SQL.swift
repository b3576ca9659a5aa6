import SQL
import Secrets
import Values

extension AuditEntry {
    static let insert = Statement(
        .write,
        """
        INSERT INTO audit_log (id, at, event, actor, user_id, session_id, address, user_agent,
            request_id, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """, binds: ID<AuditEntry>.self, Instant.self, AuditEvent.self, String.self, ID<User>?.self,
        ID<Session>?.self, String?.self, String?.self, String?.self, String.self)

    static let unlinked = Statement(
        .point,
        """
        SELECT id, at, event, actor, user_id, session_id, address, user_agent, request_id, details
        FROM audit_log WHERE seq IS NULL ORDER BY id LIMIT $1
        """, binds: Int.self, returns: AuditEntry.self)

    static let countUnlinked = Statement(
        .scan, "SELECT count(*) FROM audit_log WHERE seq IS NULL", returns: Single<Int>.self)

    static let link = Statement(
        .write, "UPDATE audit_log SET seq = $2, hash = $3 WHERE id = $1 AND seq IS NULL",
        binds: ID<AuditEntry>.self, Int64.self, TokenHash.self)

    static let deleteFirst = Statement(
        .write, "DELETE FROM audit_log WHERE seq <= $1", binds: Int64.self)

    static let list = Statement(
        .scan,
        """
        SELECT id, at, event, actor, user_id, session_id, address, user_agent, request_id, details
        FROM audit_log WHERE ($1 IS NULL OR user_id = $1) AND at >= $2
        ORDER BY at DESC, id DESC LIMIT $3
        """, binds: ID<User>?.self, Instant.self, Int.self, returns: AuditEntry.self)

    static let statements: [StatementCore] = [
        insert.core, unlinked.core, countUnlinked.core, link.core, deleteFirst.core, list.core,
    ]
}

/// An entry with its place in the chain.
struct LinkedEntry: RowDecodable {
    let entry: AuditEntry
    let seq: Int64
    let hash: TokenHash

    init(row: inout Row) throws(DatabaseError) {
        entry = try AuditEntry(row: &row)
        seq = try row.next()
        hash = try row.next()
    }

    /// What may be null in general is not where a number is.
    static let after = Statement(
        .scan,
        """
        SELECT id, at, event, actor, user_id, session_id, address, user_agent, request_id, details,
            coalesce(seq, 0), coalesce(hash, '')
        FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT $2
        """, binds: Int64.self, Int.self, returns: LinkedEntry.self)

    static let statements: [StatementCore] = [after.core]
}

/// Where the chain begins and ends: the one row of `audit_chain`.
struct AuditChain: RowDecodable {
    /// The last entry that was forgotten; 0 and a hash of zeros while none was.
    let anchorSeq: Int64
    let anchorHash: TokenHash
    let lastSeq: Int64
    let lastHash: TokenHash

    init(row: inout Row) throws(DatabaseError) {
        anchorSeq = try row.next()
        anchorHash = try row.next()
        lastSeq = try row.next()
        lastHash = try row.next()
    }

    static let find = Statement(
        .scan, "SELECT anchor_seq, anchor_hash, last_seq, last_hash FROM audit_chain WHERE id = 1",
        returns: AuditChain.self)

    /// Keeps the other nodes waiting until the transaction ends; on SQLite it has the lock already.
    static let lock = Statement(
        .scan,
        sqlite: "SELECT anchor_seq, anchor_hash, last_seq, last_hash FROM audit_chain WHERE id = 1",
        postgres: """
            SELECT anchor_seq, anchor_hash, last_seq, last_hash FROM audit_chain WHERE id = 1
            FOR UPDATE
            """, returns: AuditChain.self)

    static let advance = Statement(
        .write, "UPDATE audit_chain SET last_seq = $1, last_hash = $2 WHERE id = 1",
        binds: Int64.self, TokenHash.self)

    static let anchor = Statement(
        .write, "UPDATE audit_chain SET anchor_seq = $1, anchor_hash = $2 WHERE id = 1",
        binds: Int64.self, TokenHash.self)

    static let statements: [StatementCore] = [find.core, lock.core, advance.core, anchor.core]
}
