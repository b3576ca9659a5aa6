import API
import Identity
import Surfaces
import Values

/// Who may ask: each guard looks at whom the one before it has let through (S4-19, S4-20).
struct Gate: Sendable {
    let callers: Callers
    let creators: Creators

    /// Whoever has a session or a key with the scope, as a creator, of the tier at least.
    func creators(with scope: Scope, _ tier: Studio.Tier) -> Guard<Creator> {
        callers.anyone(scope: scope)
            .finding { principal, call in try await creator(principal, at: call.now) }
            .demanding(.forbidden) { creator, _ in creator.tier >= tier }
    }

    /// The same for who has opened a connection, and asks by messages.
    func admit(
        _ principal: Principal?, with scope: Scope, _ tier: Studio.Tier, at now: Instant
    ) async throws -> Creator {
        guard let principal else { throw Failure.unauthorized }
        if case .key(let holder) = principal { try holder.require(scope) }
        let creator = try await creator(principal, at: now)
        guard creator.tier >= tier else { throw Failure.forbidden }
        return creator
    }

    private func creator(_ principal: Principal, at now: Instant) async throws -> Creator {
        try await creators.require(try principal.requireUser(), at: now)
    }
}
