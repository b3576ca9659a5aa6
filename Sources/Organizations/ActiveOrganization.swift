import Identity
import SQL
import Values

/// The organization that a session works in. It stands among the session's fields, so that finding a
/// session costs nothing more; a membership that ends takes it away, since it is read with it.
enum ActiveOrganization {
    static let find = Statement(
        .point,
        sqlite: """
            SELECT o.id, o.name, o.slug, o.created_at, o.updated_at, m.role
            FROM sessions s
                JOIN organization_members m ON m.user_id = s.user_id
                    AND m.organization_id = json_extract(s.fields, '$.activeOrganizationId')
                JOIN organizations o ON o.id = m.organization_id
            WHERE s.id = $1
            """,
        postgres: """
            SELECT o.id, o.name, o.slug, o.created_at, o.updated_at, m.role
            FROM sessions s
                JOIN organization_members m ON m.user_id = s.user_id
                    AND m.organization_id = (s.fields ->> 'activeOrganizationId')::uuid
                JOIN organizations o ON o.id = m.organization_id
            WHERE s.id = $1
            """, binds: ID<Session>.self, returns: OwnOrganization.self)

    /// Only for one of its members.
    static let set = Statement(
        .write,
        sqlite: """
            UPDATE sessions SET fields = json_set(fields, '$.activeOrganizationId', $2)
            WHERE id = $1 AND EXISTS (
                SELECT 1 FROM organization_members m
                WHERE m.user_id = sessions.user_id AND m.organization_id = $2)
            RETURNING id
            """,
        postgres: """
            UPDATE sessions
            SET fields = jsonb_set(fields, '{activeOrganizationId}', to_jsonb($2::uuid::text))
            WHERE id = $1 AND EXISTS (
                SELECT 1 FROM organization_members m
                WHERE m.user_id = sessions.user_id AND m.organization_id = $2)
            RETURNING id
            """, binds: ID<Session>.self, ID<Organization>.self,
        returns: Single<ID<Session>>.self)

    static let clear = Statement(
        .write,
        sqlite: """
            UPDATE sessions SET fields = json_remove(fields, '$.activeOrganizationId') WHERE id = $1
            """,
        postgres: """
            UPDATE sessions SET fields = fields - 'activeOrganizationId' WHERE id = $1
            """, binds: ID<Session>.self, returns: NoRow.self)

    static let statements: [StatementCore] = [find.core, set.core, clear.core]
}
