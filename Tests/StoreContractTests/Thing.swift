import SQL
import Values

/// A row with a column of every type.
struct Thing: RowDecodable, Equatable {
    enum Kind: String, SQLValue, CaseIterable { case plain, fancy }

    var id: ID<Thing>
    var flag: Bool?
    var count: Int64?
    var ratio: Double?
    var name: String?
    var blob: [UInt8]?
    var at: Instant?
    var extra: JSONText?
    var parent: ID<Thing>?
    var kind: Kind = .plain

    init(_ number: Int) { id = Self.id(number) }

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        flag = try row.next()
        count = try row.next()
        ratio = try row.next()
        name = try row.next()
        blob = try row.next()
        at = try row.next()
        extra = try row.next()
        parent = try row.next()
        kind = try row.next()
    }

    static func id(_ number: Int) -> ID<Thing> { ID(high: 0x7000, low: UInt64(number)) }

    static let schema = Migration(
        "contract/0001_things",
        sqlite: .init(
            up: """
                CREATE TABLE things (
                    id TEXT NOT NULL PRIMARY KEY,
                    flag INTEGER,
                    count INTEGER CHECK (count <> 13),
                    ratio REAL,
                    name TEXT UNIQUE,
                    blob BLOB,
                    at INTEGER,
                    extra TEXT,
                    parent TEXT REFERENCES things (id),
                    kind TEXT NOT NULL,
                    UNIQUE (count, parent)
                ) STRICT;
                CREATE UNIQUE INDEX things_lower_name ON things (lower(name)) WHERE kind = 'fancy';
                CREATE UNIQUE INDEX things_one_ratio ON things (ratio) WHERE ratio > 0;
                CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT;
                """,
            down: "DROP TABLE counters; DROP TABLE things"),
        postgres: .init(
            up: """
                CREATE TABLE things (
                    id uuid NOT NULL PRIMARY KEY,
                    flag boolean,
                    count bigint CHECK (count <> 13),
                    ratio double precision,
                    name text UNIQUE,
                    blob bytea,
                    at timestamptz,
                    extra jsonb,
                    parent uuid REFERENCES things (id),
                    kind text NOT NULL,
                    UNIQUE (count, parent)
                );
                CREATE UNIQUE INDEX things_lower_name ON things (lower(name)) WHERE kind = 'fancy';
                CREATE UNIQUE INDEX things_one_ratio ON things (ratio) WHERE ratio > 0;
                CREATE TABLE counters (name text NOT NULL PRIMARY KEY, n bigint NOT NULL);
                """,
            down: "DROP TABLE counters; DROP TABLE things"))
}

extension Thing {
    private static let insert = Statement(
        .write,
        """
        INSERT INTO things (id, flag, count, ratio, name, blob, at, extra, parent, kind)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        binds: ID<Thing>.self, Bool?.self, Int64?.self, Double?.self, String?.self, [UInt8]?.self,
        Instant?.self, JSONText?.self, ID<Thing>?.self, Kind.self)

    func insert(on runner: any StatementRunner) async throws {
        try await runner.execute(
            Self.insert, id, flag, count, ratio, name, blob, at, extra, parent, kind)
    }

    static let find = Statement(
        .point,
        """
        SELECT id, flag, count, ratio, name, blob, at, extra, parent, kind
        FROM things WHERE id = $1
        """,
        binds: ID<Thing>.self, returns: Thing.self)

    static let count = Statement(.scan, "SELECT count(*) FROM things", returns: Single<Int>.self)

    static let names = Statement(
        .scan, "SELECT name FROM things WHERE name IS NOT NULL ORDER BY id LIMIT $1 OFFSET $2",
        binds: Int.self, Int.self, returns: Single<String?>.self)

    static let rename = Statement(
        .write, "UPDATE things SET name = $2 WHERE id = $1 AND name IS NULL RETURNING id, name",
        binds: ID<Thing>.self, String.self, returns: Renamed.self)

    static let delete = Statement(
        .write, "DELETE FROM things WHERE id = $1", binds: ID<Thing>.self)

    static let before = Statement(
        .scan,
        "SELECT id FROM things WHERE (at, id) < ($1, $2) ORDER BY at DESC, id DESC LIMIT $3",
        binds: Instant.self, ID<Thing>.self, Int.self, returns: Single<ID<Thing>>.self)

    static let filtered = Statement(
        .scan, "SELECT id FROM things WHERE ($1 IS NULL OR count = $1) ORDER BY id",
        binds: Int64?.self, returns: Single<ID<Thing>>.self)

    static let exists = Statement(
        .scan, "SELECT count(*) FROM things WHERE name = $1 OR name = $1 || 'x'",
        binds: String.self, returns: Single<Int>.self)

    static let plan = Statement(
        .point, "SELECT extra ->> 'plan' FROM things WHERE id = $1", binds: ID<Thing>.self,
        returns: Single<String?>.self)

    struct Renamed: RowDecodable {
        let id: ID<Thing>
        let name: String?
        init(row: inout Row) throws(DatabaseError) {
            id = try row.next()
            name = try row.next()
        }
    }
}

enum Counter {
    static let set = Statement(
        .write,
        """
        INSERT INTO counters (name, n) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET n = excluded.n RETURNING n
        """,
        binds: String.self, Int.self, returns: Single<Int>.self)
    static let add = Statement(
        .write, "UPDATE counters SET n = n + 1 WHERE name = $1", binds: String.self)
    static let read = Statement(
        .point, "SELECT n FROM counters WHERE name = $1", binds: String.self,
        returns: Single<Int>.self)
    static let consume = Statement(
        .write, "DELETE FROM counters WHERE name = $1 RETURNING n", binds: String.self,
        returns: Single<Int>.self)
}

/// What the check of statements looks at.
let statements: [StatementCore] =
    [
        Thing.find.core, Thing.count.core, Thing.names.core, Thing.rename.core, Thing.delete.core,
        Thing.before.core, Thing.filtered.core, Thing.exists.core, Thing.plan.core,
        Counter.set.core, Counter.add.core, Counter.read.core, Counter.consume.core,
    ] + Migrator.statements
