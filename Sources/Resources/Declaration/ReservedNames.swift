import Values

/// Names that a declaration cannot have, because the program has them already (C21).
package enum ReservedNames {
    /// Tables of the program's own. A test compares them with its migrations.
    package static let tables: Set<String> = [
        "api_key_secrets", "api_keys", "assets", "atrium_migrations", "audit_chain", "audit_log",
        "brand_kits", "change_retention", "changes", "creators", "effect_activations", "effects",
        "file_directory", "file_usage", "files", "icon_usage", "job_schedule", "jobs",
        "oauth_accounts",
        "organization_invitations",
        "organization_members", "organizations", "rate_limits", "realtime_messages",
        "realtime_presences", "realtime_topics", "refresh_tokens", "resource_tables", "sessions",
        "sign_in_codes", "sign_in_states", "signing_keys", "stream_sessions", "users",
        "verifications",
    ]

    /// What stands behind `/api/v1/` already.
    package static let paths: Set<String> = [
        "api-keys", "audit", "auth", "changes", "files", "health", "invitations", "me",
        "organizations",
        "realtime", "sessions", "users",
    ]

    /// Shapes of the API's document, and what its operations on V1 are about: `listMembers`. A test
    /// compares them with the document.
    package static let shapes: Set<String> = [
        "APIKey", "APIKeys", "ActiveOrganization", "Alive", "Credentials", "EmailChange",
        "EmailChangeBodyStep", "EmailChangeInput", "ExchangeCodeInput", "FieldError", "File",
        "FileContent", "Files", "ForgottenPassword", "IconBriefColorMode", "IconBriefIntent",
        "Invitation",
        "InvitationStatus", "Invitations", "JSONWebKey",
        "JSONWebKeySet", "LinkAccountInput", "ListMeta", "MailedProof", "Me", "Member", "Members",
        "Organization", "OrganizationRole", "Organizations", "OwnSession", "OwnSessions",
        "PasswordChange", "PasswordReset", "PresentedTokenInput", "ProviderAccount",
        "ProviderAccounts", "ProviderAddress", "Providers", "ReadinessReport",
        "ReadinessReportChecks", "ReceivedInvitations", "Sessions", "Success", "SystemError",
        "VerificationWish",
    ]

    /// Whether the API's document has the name, or may have: a surface's shapes begin with its own.
    static func isShape(_ name: String) -> Bool {
        shapes.contains(name)
            || ["V1", "Compat", "Tokens", "Icons", "Studio"].contains { surface in
                name.hasPrefix(surface)
                    && name.dropFirst(surface.count).first?.isUppercase ?? false
            }
    }

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
