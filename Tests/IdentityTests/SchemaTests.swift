import API
import DatabaseTesting
import Identity
import SQL
import Testing
import Values

@testable import Server

/// S0-14, S0-15, S0-16, S0-17, S0-18, S0-19, S2-11, S2-12, S3-19: the tables of the core chain, on both engines.
struct SchemaTests {
    private let modules: [Module]
    private let migrations: [Migration]

    init() throws {
        modules = try Blueprint.program(Settings()).modules
        migrations = modules.flatMap(\.migrations)
    }

    // S2-1
    @Test(arguments: Engine.tested)
    func `every statement of every module fits the schema`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(migrations, clock: .system).up(on: store)
            let statements = modules.flatMap(\.statements)
            #expect(statements.count > 20)
            let problems = await StatementCheck(on: store).problems(in: statements)
            for problem in problems { Issue.record("\(problem)") }
        }
    }

    // S2-12
    @Test(arguments: Engine.tested)
    func `up, down and up again`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            let migrator = try Migrator(migrations, clock: .system)
            let ids = migrations.map(\.id)
            #expect(try await migrator.up(on: store) == ids)
            let first = try await Catalog(of: store)
            #expect(try await migrator.down(ids.count, on: store) == ids.reversed())
            let left = try await Catalog(of: store)
            #expect(left.columns.filter { $0.table != "atrium_migrations" }.isEmpty)
            #expect(try await migrator.up(on: store) == ids)
            #expect(try await Catalog(of: store) == first)
        }
    }

    @Test func `both engines have the same tables, columns, indexes and references`() async throws {
        try #require(Engine.tested.count == 2, "PostgreSQL is not here")
        let catalogs = Catalogs()
        for engine in Engine.tested {
            try await withStore(on: engine) { store in
                try await Migrator(migrations, clock: .system).up(on: store)
                catalogs.add(try await Catalog(of: store), of: engine)
            }
        }
        let sqlite = try #require(catalogs[.sqlite])
        let postgres = try #require(catalogs[.postgres])
        #expect(sqlite.columns == postgres.columns)
        #expect(sqlite.indexes == postgres.indexes.filter { !Self.numbering.contains($0) })
        #expect(Set(postgres.indexes).isSuperset(of: Self.numbering))
        #expect(sqlite.references == postgres.references)
        #expect(sqlite.columns.count > 40)
        for expected in [
            "unique users (email)", "index users (deleted_at)", "unique sessions (token_hash)",
            "unique refresh_tokens (token_hash)",
            "unique oauth_accounts (provider, provider_account_id)",
            "unique organizations (slug)",
            "unique organization_members (organization_id, user_id)",
        ] {
            #expect(sqlite.indexes.contains(expected))
        }
        #expect(sqlite.references.count > 8)
        // A row goes with what it belongs to; a stream goes on without its brand kit.
        #expect(
            sqlite.references.filter { !$0.hasSuffix(" CASCADE") }
                == ["stream_sessions (brand_kit_id) brand_kits SET NULL"])
    }

    /// Changes that wait for a number are found, and then those that have one. On SQLite the number
    /// is the key of the table itself, which is no index.
    private static let numbering = [
        "unique changes (id)", "unique changes (seq)", "index changes (id)",
    ]

    @Test func `PostgreSQL has the types that the documents name`() async throws {
        try #require(Engine.tested.contains(.postgres), "PostgreSQL is not here")
        try await withStore(on: .postgres) { store in
            try await Migrator(migrations, clock: .system).up(on: store)
            let types = try await store.all(Catalog.postgresTypes).map(\.text)
            for expected in [
                "users.id uuid", "users.email character varying(255)",
                "users.password_hash character varying(255)", "users.name character varying(100)",
                "users.email_verified_at timestamp with time zone",
                "users.deleted_at timestamp with time zone", "users.fields jsonb",
                "sessions.user_id uuid", "sessions.expires_at timestamp with time zone",
                "sessions.token_hash bytea", "refresh_tokens.id uuid",
                "oauth_accounts.access_token text", "organizations.slug character varying(48)",
                "organization_members.role text", "api_keys.scopes jsonb",
                "api_key_secrets.secret_hash bytea", "assets.id uuid", "assets.variants jsonb",
                "assets.deleted_at timestamp with time zone",
            ] {
                #expect(types.contains(expected), "\(expected)")
            }
        }
    }

    /// Edited after its release? Then write a new migration instead.
    @Test func `released migrations are as they were`() {
        let checksums = migrations.map { migration in
            Engine.allCases.map { "\(migration.id) \($0) \(migration.checksum(for: $0))" }
        }
        #expect(checksums.flatMap(\.self) == Self.pinned)
    }

    private static let pinned = [
        "core/0001_users sqlite 0ae5cb1d95612e04",
        "core/0001_users postgres 95b19b12ea9cb4c5",
        "core/0002_sessions sqlite 2c6fd8eba8b4c37a",
        "core/0002_sessions postgres 83cd65d2b6407b00",
        "core/0003_organizations sqlite 277e58762c5a6eef",
        "core/0003_organizations postgres 0a6882e37e232e24",
        "core/0004_audit_log sqlite 14ca99e4dbca4384",
        "core/0004_audit_log postgres 7959a6a08c49ecaf",
        "core/0005_user_status sqlite 849844475236284e",
        "core/0005_user_status postgres 2fdea3bf8e06e37a",
        "core/0006_verifications sqlite 08e753c0ba889ab9",
        "core/0006_verifications postgres f4119412521d2b14",
        "core/0007_verification_codes sqlite 8b2ee60ff9fb1607",
        "core/0007_verification_codes postgres 2a92b9ced757669a",
        "core/0008_sign_in_states sqlite e63a402081de81b9",
        "core/0008_sign_in_states postgres c3e4cbb323efff89",
        "core/0010_refresh_rotated_index sqlite 74408cae3e7c576d",
        "core/0010_refresh_rotated_index postgres 74408cae3e7c576d",
        "api-keys/0001_api_keys sqlite d07e3065e23feba8",
        "api-keys/0001_api_keys postgres 3346aa3883eb6231",
        "limits/0001_rate_limits sqlite 6cc5a4a7dd0d91ce",
        "limits/0001_rate_limits postgres cf119b16502ade79",
        "jobs/0001_jobs sqlite 8468752596d4e6d9",
        "jobs/0001_jobs postgres 8332548f9d376846",
        "changes/0001_changes sqlite 97a2d6395d737e6e",
        "changes/0001_changes postgres c8e7e00e67d70d85",
        "resource-tables/0001_resource_tables sqlite 80b4af6b95bdcd74",
        "resource-tables/0001_resource_tables postgres 23410455f5f003d1",
        "realtime/0001_topics sqlite 7681962191c4bd06",
        "realtime/0001_topics postgres e589526760d7c888",
        "files/0001_files sqlite d798964f1346e3d8",
        "files/0001_files postgres 6b8d60cf5ec204d9",
        "files/0002_directory sqlite 1c5770690ce514d7",
        "files/0002_directory postgres 81614a687996e168",
        "icons/0001_assets sqlite b0263b73ce9f2f03",
        "icons/0001_assets postgres a3bd8d31fe747128",
        "studio/0001_creators sqlite 62355381c1cad329",
        "studio/0001_creators postgres 5cf9db9bf9805780",
        "studio/0002_overlay_number sqlite 9b321f1633367fba",
        "studio/0002_overlay_number postgres e8af0772e9f2c28f",
    ]
}
