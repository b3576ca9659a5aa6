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

    /// Some of the oldest.
    static let deleteOld = Statement(
        .write,
        """
        DELETE FROM effect_activations WHERE id IN
            (SELECT id FROM effect_activations WHERE triggered_at <= $1 ORDER BY triggered_at LIMIT $2)
        RETURNING id
        """, binds: Instant.self, Int.self, returns: Single<ID<Activation>>.self)

    static let statements: [StatementCore] = [insert.core, deleteOld.core]
}
