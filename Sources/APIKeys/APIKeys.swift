import API
import Identity
import SQL
import Secrets
import Surfaces
import Values

/// Keys that programs call with, for a user or for an organization.
///
/// A key is shown once; the database has its SHA-256, found by one query for each request and kept in
/// no cache, so that a key that is switched off is refused by all nodes from the next request on. A
/// key opens only operations that name a scope, and none that manage keys or accounts.
package struct APIKeys: Sendable {
    package static let name = "api-keys"

    package let identity: Identity

    package init(_ identity: Identity) {
        self.identity = identity
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name, migrations: Self.migrations, statements: APIKey.statements,
            parts: [
                v1(surfaces.callers),
                SurfacePart(Tokens.name, failures: Callers.keyRows, routes: {}),
            ])
    }

    var settings: APIKeySettings { identity.settings.apiKeys }
    var database: any Database { identity.database }
}

extension APIKeys: KeyFinder {
    /// The first characters tell which of the two statements finds it.
    package func find(_ key: String, at now: Instant) async throws -> KeyHolder? {
        guard let secret = APIKeySecret(key) else { return nil }
        switch secret.kind {
        case .user:
            guard let found = try await database.first(APIKey.findOfUser, secret.hash, now) else {
                return nil
            }
            await noteUse(found.key, at: now)
            return KeyHolder(owner: .user(found.user), scopes: found.key.scopes)
        case .organization:
            let found = try await database.first(APIKey.findOfOrganization, secret.hash, now)
            guard let found else { return nil }
            await noteUse(found.key, at: now)
            return KeyHolder(owner: .organization(found.organization), scopes: found.key.scopes)
        }
    }

    /// At most a write a minute for each key. One that fails costs the request nothing: the next makes
    /// up for it.
    private func noteUse(_ key: APIKey.Found, at now: Instant) async {
        let earliest = now - Self.useInterval
        if let last = key.lastUsedAt, last > earliest { return }
        try? await database.execute(APIKey.noteUse, key.id, now, earliest)
    }

    private static let useInterval: Duration = .minutes(1)
}
