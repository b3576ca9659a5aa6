import API
import Logs
import SQL
import Secrets
import Values

/// A pair of tokens and the session they stand for.
package struct IssuedTokens: Sendable {
    package let active: ActiveSession
    package let access: AccessTokens.Issued
    package let refresh: RefreshToken
}

extension Identity {
    /// Starts a session that is held by tokens.
    package func issueTokens(
        for user: User, on device: Device, at now: Instant, in transaction: any Transaction
    ) async throws -> IssuedTokens {
        let started = try await sessions.start(
            for: user, on: device, isRemembered: true, at: now, in: transaction)
        let refresh = try await refreshTokens.issue(
            for: started.active.session, at: now, in: transaction)
        return IssuedTokens(
            active: started.active, access: try accessTokens.issue(for: started.active, at: now),
            refresh: refresh)
    }

    /// Exchanges a refresh token for a new pair. The session lives on with it.
    package func refresh(_ token: RefreshToken, _ call: Call) async throws -> IssuedTokens {
        let outcome = try await refreshTokens.rotate(token, at: call.now) {
            [self] row, transaction in
            try await audit.append(
                .refreshReused, about: row.userID, session: row.sessionID,
                by: AuditOrigin(call, .anonymous), at: call.now, in: transaction)
        }
        switch outcome {
        case .rotated(let successor, let id):
            guard let active = try await sessions.read(id, at: call.now) else {
                throw Failure.invalidRefreshToken
            }
            call.note(userID: active.user.id.description)
            let extended = try await sessions.extendIfDue(active, at: call.now) ?? active
            return IssuedTokens(
                active: extended, access: try accessTokens.issue(for: extended, at: call.now),
                refresh: successor)
        case .reused(let session):
            call.logger.with(requestID: call.requestID).warn(
                "a refresh token was used twice; its session has ended",
                ["sessionId": LogValue(session)])
            try await sessions.end(session)
            throw Failure.invalidRefreshToken
        case .unknown:
            throw Failure.invalidRefreshToken
        }
    }
}
