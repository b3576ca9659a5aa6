/// Names that a declaration cannot have, because the program has them already (C21).
package enum ReservedNames {
    /// Tables of the program's own. A test compares them with its migrations.
    package static let tables: Set<String> = [
        "api_key_secrets", "api_keys", "atrium_migrations", "audit_chain", "audit_log",
        "change_retention", "changes",
        "job_schedule", "jobs", "oauth_accounts", "organization_invitations",
        "organization_members", "organizations", "rate_limits", "refresh_tokens",
        "resource_tables", "sessions", "sign_in_codes", "sign_in_states", "signing_keys", "users",
        "verifications",
    ]

    /// What stands behind `/api/v1/` already.
    package static let paths: Set<String> = [
        "api-keys", "audit", "auth", "changes", "health", "invitations", "me", "organizations",
        "realtime", "sessions", "users",
    ]

    /// Members that every row has, and what filters and relations would be taken for.
    package static let fields: Set<String> = [
        "id", "createdAt", "updatedAt", "deletedAt", "userId", "organizationId", "version", "rowId",
        "searchText",
        // Parameters of a list.
        "page", "limit", "offset", "cursor", "sort", "search", "include",
    ]

    /// What the engines call tables of their own, and we tables beside a resource's.
    static func isOfAnEngine(_ table: String) -> Bool {
        table.hasPrefix("sqlite_") || table.hasPrefix("pg_") || table.hasSuffix("_search")
            || table.contains("_search_") || table.hasPrefix("rebuilt_")
    }
}
