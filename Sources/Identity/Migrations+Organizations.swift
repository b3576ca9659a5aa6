import SQL

extension Identity {
    // S0-18, S0-19. Beyond the document: an invitation is a row of its own, one for each address.
    static let organizations = Migration(
        "core/0003_organizations",
        sqlite: .init(
            up: """
                CREATE TABLE organizations (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL CHECK (length(name) <= 100),
                    slug TEXT NOT NULL CHECK (length(slug) <= 48),
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    CONSTRAINT organizations_slug_key UNIQUE (slug)
                ) STRICT;
                CREATE TABLE organization_members (
                    id TEXT PRIMARY KEY,
                    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    CONSTRAINT organization_members_organization_id_user_id_key
                        UNIQUE (organization_id, user_id)
                ) STRICT;
                CREATE INDEX organization_members_page_index
                    ON organization_members (organization_id, id);
                CREATE INDEX organization_members_user_id_index
                    ON organization_members (user_id, organization_id);
                CREATE TABLE organization_invitations (
                    id TEXT PRIMARY KEY,
                    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                    inviter_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    email TEXT NOT NULL CHECK (length(email) <= 255),
                    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
                    status TEXT NOT NULL
                        CHECK (status IN ('pending', 'accepted', 'rejected', 'canceled')),
                    expires_at INTEGER NOT NULL,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    CONSTRAINT organization_invitations_organization_id_email_key
                        UNIQUE (organization_id, email)
                ) STRICT;
                CREATE INDEX organization_invitations_inviter_id_index
                    ON organization_invitations (inviter_id);
                CREATE INDEX organization_invitations_email_index
                    ON organization_invitations (email);
                """,
            down: """
                DROP TABLE organization_invitations;
                DROP TABLE organization_members;
                DROP TABLE organizations;
                """),
        postgres: .init(
            up: """
                CREATE TABLE organizations (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    name varchar(100) NOT NULL,
                    slug varchar(48) NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT organizations_slug_key UNIQUE (slug)
                );
                CREATE TABLE organization_members (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT organization_members_organization_id_user_id_key
                        UNIQUE (organization_id, user_id)
                );
                CREATE INDEX organization_members_page_index
                    ON organization_members (organization_id, id);
                CREATE INDEX organization_members_user_id_index
                    ON organization_members (user_id, organization_id);
                CREATE TABLE organization_invitations (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                    inviter_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    email varchar(255) NOT NULL,
                    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
                    status text NOT NULL
                        CHECK (status IN ('pending', 'accepted', 'rejected', 'canceled')),
                    expires_at timestamptz NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    updated_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT organization_invitations_organization_id_email_key
                        UNIQUE (organization_id, email)
                );
                CREATE INDEX organization_invitations_inviter_id_index
                    ON organization_invitations (inviter_id);
                CREATE INDEX organization_invitations_email_index
                    ON organization_invitations (email);
                """,
            down: """
                DROP TABLE organization_invitations;
                DROP TABLE organization_members;
                DROP TABLE organizations;
                """))
}
