import API
import Values

/// Who calls, whichever credential shows it: a user by his session, or whoever a key was made for.
package enum Principal: Sendable {
    case session(ActiveSession)
    case key(KeyHolder)

    /// Nil for the key of an organization.
    package var user: User? {
        switch self {
        case .session(let active): active.user
        case .key(let holder): holder.user
        }
    }

    /// For operations that are about a person: an organization's key is refused.
    package func requireUser() throws -> User {
        guard let user else { throw Failure.forbidden }
        return user
    }
}

/// Whom an API key stands for, and what it may be used for.
package final class KeyHolder: Sendable {
    /// A key belongs to a user or to an organization.
    package enum Owner: Sendable {
        case user(User)
        case organization(ID<Organization>)
    }

    package let owner: Owner
    package let scopes: Scopes

    package init(owner: Owner, scopes: Scopes) {
        self.owner = owner
        self.scopes = scopes
    }

    package var user: User? {
        if case .user(let user) = owner { user } else { nil }
    }

    package var organization: ID<Organization>? {
        if case .organization(let id) = owner { id } else { nil }
    }

    package func require(_ scope: Scope) throws {
        guard scopes.contains(scope) else { throw Failure.missingScope.about([scope.text]) }
    }
}

/// Finds who holds an API key. Guards ask it; the keys themselves are a feature above.
package protocol KeyFinder: Sendable {
    /// Nil for a key that is unknown, has ended or was switched off: all the same to a caller.
    func find(_ key: String, at now: Instant) async throws -> KeyHolder?
}

extension Failure {
    /// The caller's API key does not have the scope that its details name.
    package static let missingScope = Failure("missingScope")
}
