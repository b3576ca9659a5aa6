import API
import SQL
import Values

extension Studio {
    /// Moves a stream on, tells its pages, and gives it as it is then.
    func move(
        _ id: ID<StreamSession>, of creator: Creator, to status: Status, at now: Instant
    ) async throws -> SessionBody {
        let (session, isNew) = try await database.transaction { transaction in
            guard var session = try await transaction.first(StreamSession.lock, id, creator.id)
            else { throw Failure.sessionNotFound }
            guard try session.move(to: status, at: now) else { return (session, false) }
            try await Self.save(session, at: now, in: transaction)
            try await append(.session(session), to: id, at: now, in: transaction)
            return (session, true)
        }
        if isNew { await tell(id) }
        return body(session, at: now)
    }

    static func save(
        _ session: StreamSession, at now: Instant, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            StreamSession.update, session.id, session.status, session.endedAt, session.pausedAt,
            session.metrics, now)
    }
}
