import Coding
import Identity
import SQL
import Values

extension AuditEvent {
    static let apiKeyCreated = AuditEvent("api_key_created")
    static let apiKeyUpdated = AuditEvent("api_key_updated")
    static let apiKeyRotated = AuditEvent("api_key_rotated")
    static let apiKeyRevoked = AuditEvent("api_key_revoked")
}

extension APIKeys {
    /// Records what a user does to a key, his own or an organization's.
    func record(
        _ event: AuditEvent, _ key: APIKey, by doer: Doer, _ transaction: any Transaction
    ) async throws {
        try await doer.record(
            event, about: key.userID, key.auditDetails, identity.audit, in: transaction)
    }

    /// The same by whoever runs the server.
    func record(
        _ event: AuditEvent, _ key: APIKey, at now: Instant, _ transaction: any Transaction
    ) async throws {
        try await identity.audit.append(
            event, about: key.userID, by: .operator, details: key.auditDetails, at: now,
            in: transaction)
    }
}

extension APIKey {
    fileprivate var auditDetails: JSONObject {
        var details: JSONObject = [
            "key": .string(id.description),
            "scopes": .list(scopes.list.map { .string($0.text) }),
            "enabled": .boolean(isEnabled),
        ]
        details["organization"] = organizationID.map { .string($0.description) }
        return details
    }
}
