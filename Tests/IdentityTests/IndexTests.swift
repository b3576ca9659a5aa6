import DatabaseTesting
import SQL
import Testing
import Values

@testable import API
@testable import Files
@testable import Icons
@testable import Identity
@testable import Realtime
@testable import Server
@testable import Studio

/// S3-33: what statements filter by has an index. Each is explained over tables with rows, so that
/// a planner has a choice, and takes an index because there is one.
struct IndexTests {
    private let modules: [Module]

    init() throws {
        modules = try Blueprint.program(Settings()).modules
    }

    /// Once a minute with nobody waiting: these sweeps look at whole tables.
    private static let sweeps = [
        Session.deleteExpired.core, RefreshRow.deleteExpired.core, GuardWindow.deleteEnded.core,
        User.purge.core,
        AuditEntry.deleteFirst.core, SignInState.deleteExpired.core,
        SignInCode.deleteExpired.core, Icon.purge.core, Activation.deleteOld.core,
        TopicState.delete.core,
        StoredFile.deleteReleased.core, StoredFile.releaseDeparting.core,
        // There is a handful of these keys.
        SigningKeyRow.retireOthers.core, SigningKeyRow.deleteRetired.core,
    ].map(\.sqliteText)

    @Test(arguments: Engine.tested)
    func `no statement of a request reads a whole table`(on engine: Engine) async throws {
        // `.scan` says of itself that it reads many rows.
        let statements = modules.flatMap(\.statements).filter {
            $0.kind != .scan && !Self.sweeps.contains($0.sqliteText)
        }
        #expect(statements.count > 15)
        try await withFullTables(on: engine) { store in
            for statement in statements {
                let text = statement.text(for: engine)
                let scans = try await Plan(of: text, on: store).scans
                #expect(scans == [], "\(text)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a filter without an index is seen`(on engine: Engine) async throws {
        try await withFullTables(on: engine) { store in
            let parameter = engine == .sqlite ? "?1" : "$1"
            let plan = try await Plan(
                of: "SELECT id FROM users WHERE image = \(parameter)", on: store)
            #expect(plan.scans.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `what refers to a row has an index, so that deleting it reads no table`(
        on engine: Engine
    ) async throws {
        try await withFullTables(on: engine) { store in
            let catalog = try await Catalog(of: store)
            for reference in catalog.references {
                // `sessions (user_id) users CASCADE`: an index that begins with the column will do.
                let column = reference.prefix { $0 != ")" }
                let starts = [" \(column))", " \(column),"]
                #expect(
                    catalog.indexes.contains { index in starts.contains(where: index.contains) },
                    "\(reference)")
            }
            #expect(catalog.references.count > 3)
        }
    }

    private func withFullTables(
        on engine: Engine, _ body: @escaping @Sendable (TestStore) async throws -> Void
    ) async throws {
        let migrations = modules.flatMap(\.migrations)
        try await withStore(on: engine) { store in
            try await Migrator(migrations, clock: .system).up(on: store)
            let script = engine == .sqlite ? Self.sqliteRows : Self.postgresRows
            try await store.transaction { try await $0.runScript(script) }
            try await body(store)
        }
    }

    private static let sqliteRows = """
        CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n;
        INSERT INTO users (id, email, created_at, updated_at) SELECT i, i || '@a.org', i, i FROM n;
        INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at, updated_at,
            last_activity_at) SELECT i, i, CAST(i AS BLOB), i, i, i, i FROM n;
        INSERT INTO refresh_tokens (id, user_id, session_id, family_id, token_hash, expires_at,
            created_at) SELECT i, i, i, i, CAST(i AS BLOB), i, i FROM n;
        INSERT INTO rate_limits (key, count, ends_at) SELECT i, 1, i FROM n;
        INSERT INTO organizations (id, name, slug, created_at, updated_at)
            SELECT i, i, i, i, i FROM n;
        INSERT INTO organization_members (id, organization_id, user_id, role, created_at, updated_at)
            SELECT i, i, i, 'owner', i, i FROM n;
        INSERT INTO organization_invitations (id, organization_id, inviter_id, email, role, status,
            expires_at, created_at, updated_at) SELECT i, i, i, i, 'member', 'pending', i, i, i FROM n;
        INSERT INTO api_keys (id, user_id, name, start, scopes, created_at, updated_at)
            SELECT i, i, i, i, '[]', i, i FROM n;
        INSERT INTO api_key_secrets (secret_hash, key_id, created_at)
            SELECT CAST(i AS BLOB), i, i FROM n;
        INSERT INTO verifications (id, user_id, purpose, token_hash, address_hash, expires_at,
            created_at)
            SELECT i, i, 'reset-password', CAST(i AS BLOB), CAST(i AS BLOB), i, i FROM n;
        INSERT INTO jobs (id, kind, payload, state, tries, run_at, created_at, ended_at)
            SELECT i, 'mail.send', '', CASE i % 3 WHEN 0 THEN 'ready' WHEN 1 THEN 'done' ELSE 'dead' END,
                0, i, i, i FROM n;
        INSERT INTO changes (topic, kind, row_id, at) SELECT 'items', 'created', i, i FROM n;
        INSERT INTO assets (id, user_id, prompt, search_text, variants, chosen_id, intent, color_mode,
            generator, created_at, updated_at, deleted_at)
            SELECT i, i, i, i, '[]', i, 'create', 'dark', 'offline', i, i, i FROM n;
        INSERT INTO icon_usage (user_id, day, count) SELECT i, i, 1 FROM n;
        INSERT INTO realtime_topics (name, seq, deleted_through, first_seq, updated_at)
            SELECT i, i, 0, 1, i FROM n;
        INSERT INTO realtime_messages (topic, seq, kind, data, at) SELECT i, i, 'said', '{}', i FROM n;
        INSERT INTO realtime_presences (topic, node, member, ends_at) SELECT i, i, i, i FROM n;
        INSERT INTO files (id, owner_id, holder, name, media_type, bytes, sha256, created_at, released_at)
            SELECT i, i, CASE i % 9 WHEN 0 THEN NULL ELSE 'user' END, i, 'image/png', 1, zeroblob(32), i,
                CASE i % 9 WHEN 1 THEN i END FROM n;
        INSERT INTO file_usage (user_id, bytes, files) SELECT i, 1, 1 FROM n;
        INSERT INTO creators (id, email, display_name, subscription_tier, settings, created_at,
            updated_at) SELECT i, i, i, 'free', '{}', i, i FROM n;
        INSERT INTO brand_kits (id, creator_id, name, color_palette, typography, motion_intensity,
            allowed_categories, created_at, updated_at)
            SELECT i, i, i, '{}', '{}', 1, '[]', i, i FROM n;
        INSERT INTO stream_sessions (id, creator_id, platform, status, brand_kit_id, start_time,
            end_time, metrics, created_at, updated_at)
            SELECT i, i, i, 'ended', i, i, i, '{}', i, i FROM n;
        INSERT INTO effects (id, creator_id, name, description, search_text, category, motion,
            duration_ms, file_id, media_type, bytes, created_at)
            SELECT i, i, i, i, i, 'focus', 1, 1, i, 'image/png', 1, i FROM n;
        INSERT INTO effect_activations (id, session_id, effect_id, triggered_at)
            SELECT i, i, i, i FROM n;
        ANALYZE;
        """

    private static let postgresRows = """
        INSERT INTO users (id, email) SELECT md5(i::text)::uuid, i || '@a.org'
            FROM generate_series(1, 5000) i;
        INSERT INTO sessions (id, user_id, token_hash, expires_at)
            SELECT id, id, email::bytea, now() FROM users;
        INSERT INTO refresh_tokens (id, user_id, session_id, family_id, token_hash, expires_at)
            SELECT id, id, id, id, email::bytea, now() FROM users;
        INSERT INTO rate_limits (key, count, ends_at) SELECT email, 1, now() FROM users;
        INSERT INTO organizations (id, name, slug) SELECT id, email, left(email, 48) FROM users;
        INSERT INTO organization_members (id, organization_id, user_id, role)
            SELECT id, id, id, 'owner' FROM users;
        INSERT INTO organization_invitations (id, organization_id, inviter_id, email, role, status,
            expires_at) SELECT id, id, id, email, 'member', 'pending', now() FROM users;
        INSERT INTO api_keys (id, user_id, name, start, scopes)
            SELECT id, id, email, email, '[]' FROM users;
        INSERT INTO api_key_secrets (secret_hash, key_id) SELECT email::bytea, id FROM users;
        INSERT INTO verifications (id, user_id, purpose, token_hash, address_hash, expires_at,
            created_at)
            SELECT id, id, 'reset-password', email::bytea, email::bytea, now(), now() FROM users;
        INSERT INTO jobs (id, kind, payload, state, tries, run_at, created_at, ended_at)
            SELECT md5(i::text)::uuid, 'mail.send', '', (ARRAY['ready', 'done', 'dead'])[i % 3 + 1],
                0, now() + i * interval '1 second', now(), now() FROM generate_series(1, 5000) i;
        INSERT INTO changes (topic, kind, row_id, at, seq)
            SELECT 'items', 'created', i::text, now(), CASE WHEN i < 4990 THEN i END
            FROM generate_series(1, 5000) i;
        INSERT INTO assets (id, user_id, prompt, search_text, variants, chosen_id, intent, color_mode,
            generator, deleted_at)
            SELECT id, id, email, email, '[]', id, 'create', 'dark', 'offline', now() FROM users;
        INSERT INTO icon_usage (user_id, day, count)
            SELECT id, now() + row_number() OVER () * interval '1 day', 1 FROM users;
        INSERT INTO realtime_topics (name, seq, deleted_through, first_seq, updated_at)
            SELECT i::text, i, 0, 1, now() + i * interval '1 second' FROM generate_series(1, 5000) i;
        INSERT INTO realtime_messages (topic, seq, kind, data, at)
            SELECT name, seq, 'said', '{}', updated_at FROM realtime_topics;
        INSERT INTO realtime_presences (topic, node, member, ends_at)
            SELECT name, name, name, updated_at FROM realtime_topics;
        INSERT INTO files (id, owner_id, holder, name, media_type, bytes, sha256, created_at, released_at)
            SELECT md5(i::text)::uuid, md5(i::text)::uuid, CASE i % 9 WHEN 0 THEN NULL ELSE 'user' END,
                'a', 'image/png', 1, decode(repeat('00', 32), 'hex'), now() + i * interval '1 second',
                CASE i % 9 WHEN 1 THEN now() + i * interval '1 second' END
            FROM generate_series(1, 5000) i;
        INSERT INTO file_usage (user_id, bytes, files) SELECT id, 1, 1 FROM users;
        INSERT INTO creators (id, email, display_name, subscription_tier, settings)
            SELECT id, email, email, 'free', '{}' FROM users;
        INSERT INTO brand_kits (id, creator_id, name, color_palette, typography, motion_intensity,
            allowed_categories) SELECT id, id, email, '{}', '{}', 1, '[]' FROM users;
        INSERT INTO stream_sessions (id, creator_id, platform, status, brand_kit_id, start_time,
            end_time, metrics) SELECT id, id, email, 'ended', id, now(), now(), '{}' FROM users;
        INSERT INTO effects (id, creator_id, name, description, search_text, category, motion,
            duration_ms, file_id, media_type, bytes)
            SELECT id, id, email, email, email, 'focus', 1, 1, id, 'image/png', 1 FROM users;
        INSERT INTO effect_activations (id, session_id, effect_id, triggered_at)
            SELECT id, id, email, now() + row_number() OVER () * interval '1 second' FROM users;
        ANALYZE files, file_usage, creators, brand_kits, stream_sessions, effects, effect_activations;
        ANALYZE realtime_topics, realtime_messages, realtime_presences;
        ANALYZE assets, icon_usage, changes, users, sessions, refresh_tokens, rate_limits, organizations, organization_members,
            organization_invitations, api_keys, api_key_secrets, verifications, jobs;
        """
}

/// How an engine means to find the rows of a statement, whatever its parameters are.
private struct Plan {
    /// The steps that read a table from its beginning to its end.
    let scans: [String]

    init(of statement: String, on store: TestStore) async throws {
        switch store.engine {
        case .sqlite:
            // SEARCH goes by an index or the key. A constant row and a list that was bound are of no
            // table.
            scans = try await Self.explain(statement, on: store).filter {
                $0.hasPrefix("SCAN ") && $0 != "SCAN CONSTANT ROW"
                    && !$0.hasPrefix("SCAN json_each ")
            }
        case .postgres:
            let database = try await store.first(Self.databaseName)?.value ?? ""
            let values = Array(repeating: "NULL", count: Self.parameters(of: statement, "$"))
                .joined(separator: ", ")
            scans = try PostgresCluster.shared.run(
                """
                SET plan_cache_mode = force_generic_plan;
                PREPARE asked AS \(statement);
                EXPLAIN EXECUTE asked\(values.isEmpty ? "" : "(" + values + ")")
                """, in: database
            ).filter { $0.contains("Seq Scan on") }
        }
    }

    private static let databaseName = Statement(
        .scan, sqlite: "SELECT 'main'", postgres: "SELECT current_database()::text",
        returns: Single<String>.self)

    /// How many parameters there are: `$1`, `$2` or `?1`, `?2`.
    private static func parameters(of statement: String, _ mark: Character) -> Int {
        Set(statement.split(separator: mark).dropFirst().map { $0.prefix { $0.isNumber } }).count
    }

    private struct Step: RowDecodable {
        let detail: String

        init(row: inout Row) throws(DatabaseError) {
            for _ in 0..<3 { _ = try row.next(Int.self) }
            detail = try row.next()
        }
    }

    private static func explain(_ statement: String, on store: TestStore) async throws -> [String] {
        let count = parameters(of: statement, "?")
        let core = StatementCore(
            .scan, sqlite: "EXPLAIN QUERY PLAN " + statement, postgres: "",
            binds: Array(repeating: .text, count: count),
            isKept: false, columns: { [] })
        return try await store.run(
            core, bind: { target in (0..<count).forEach { _ in target.null() } },
            decode: { rows throws(DatabaseError) in
                var details: [String] = []
                while let step = try rows.next(Step.self) { details.append(step.detail) }
                return details
            })
    }
}
