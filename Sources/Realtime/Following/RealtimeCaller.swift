import Identity
import Values

/// Who has opened a connection. Nobody may, too, for what the rules show to anyone.
package struct RealtimeCaller: Sendable {
    package let principal: Principal?
    /// The API key, which is looked up again from time to time: nobody tells when one is revoked.
    let key: Secret<String>?

    init(_ principal: Principal?, key: Secret<String>? = nil) {
        (self.principal, self.key) = (principal, key)
    }

    static let nobody = RealtimeCaller(nil)

    var session: ID<Session>? {
        if case .session(let active) = principal { active.session.id } else { nil }
    }

    /// Whose connections are counted together. Strangers have nothing in common.
    enum Owner: Hashable, Sendable {
        case user(ID<User>)
        case organization(ID<Organization>)
    }

    var owner: Owner? {
        switch principal {
        case .session(let active): .user(active.user.id)
        case .key(let holder):
            holder.user.map { .user($0.id) } ?? holder.organization.map { .organization($0) }
        case nil: nil
        }
    }

    var userID: String? { principal?.user?.id.description }

    /// Where the key has scopes, it must have this one.
    func require(_ scope: Scope) throws {
        if case .key(let holder) = principal { try holder.require(scope) }
    }
}
