import SQL
import Values

/// An effect that was triggered on a stream. A row in `effect_activations`.
struct Activation: Sendable {
    let id: ID<Activation>
    let session: ID<StreamSession>
    let effect: Effect
    let text: String?
    let triggeredAt: Instant
}

extension Activation {
    static let insert = Statement(
        .write,
        """
        INSERT INTO effect_activations (id, session_id, effect_id, text, triggered_at)
        VALUES ($1, $2, $3, $4, $5)
        """, binds: ID<Activation>.self, ID<StreamSession>.self, String.self, String?.self,
        Instant.self)

    /// Some of those whose sessions ended long ago.
    static let deleteOld = Statement(
        .write,
        """
        DELETE FROM effect_activations WHERE id IN
            (SELECT a.id FROM stream_sessions s
             JOIN effect_activations a ON a.session_id = s.id
             WHERE s.status = 'ended' AND s.end_time <= $1 LIMIT $2)
        RETURNING id
        """, binds: Instant.self, Int.self, returns: Single<ID<Activation>>.self)

    static let statements: [StatementCore] = [insert.core, deleteOld.core]
}
