import SQL

/// What is recorded. A feature declares its own, as it does failures; a name that was written once
/// never gets another meaning.
package struct AuditEvent: RawRepresentable, SQLValue, Hashable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(_ name: StaticString) {
        rawValue = name.description
    }

    package static let signedUp = AuditEvent("signed_up")
    package static let signedIn = AuditEvent("signed_in")
    /// A wrong password, for a user who exists or for nobody.
    package static let signInFailed = AuditEvent("sign_in_failed")
    package static let accountLocked = AuditEvent("account_locked")
    package static let signedOut = AuditEvent("signed_out")
    package static let sessionsRevoked = AuditEvent("sessions_revoked")
    /// A refresh token was presented after its grace: somebody else has it.
    package static let refreshReused = AuditEvent("refresh_reused")
    package static let passwordChanged = AuditEvent("password_changed")
    package static let emailVerified = AuditEvent("email_verified")
    /// The user asked for another address; nothing has changed yet.
    package static let emailChangeRequested = AuditEvent("email_change_requested")
    package static let emailChanged = AuditEvent("email_changed")
    /// Somebody signed up with an address that a user has, and was told nothing of that.
    package static let signUpRepeated = AuditEvent("sign_up_repeated")
    /// An account of a provider was tied to a user, or untied.
    package static let accountLinked = AuditEvent("account_linked")
    package static let accountUnlinked = AuditEvent("account_unlinked")
    package static let providerTokensRefreshed = AuditEvent("provider_tokens_refreshed")
    package static let userCreated = AuditEvent("user_created")
    package static let userRoleChanged = AuditEvent("user_role_changed")
    package static let userBanned = AuditEvent("user_banned")
    package static let userUnbanned = AuditEvent("user_unbanned")
    package static let userDeleted = AuditEvent("user_deleted")
    package static let organizationDeleted = AuditEvent("organization_deleted")
    package static let memberRoleChanged = AuditEvent("member_role_changed")
    package static let usersImported = AuditEvent("users_imported")
    package static let keysRotated = AuditEvent("keys_rotated")
}
