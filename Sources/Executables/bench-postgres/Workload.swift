import PostgresStore
import SQL
import Values

/// What is measured, and the same SQL for pgbench.
enum Workload: CaseIterable {
    case sessionLookup, insert

    static let schema = """
        CREATE TABLE users(
            id uuid PRIMARY KEY, email text NOT NULL, name text NOT NULL, image text,
            email_verified boolean NOT NULL, created_at timestamptz NOT NULL);
        CREATE TABLE sessions(
            number bigint PRIMARY KEY, id uuid NOT NULL, user_id uuid NOT NULL REFERENCES users,
            expires_at timestamptz NOT NULL, ip text, agent text, created_at timestamptz NOT NULL);
        CREATE TABLE items(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner bigint NOT NULL,
            title text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
        CREATE INDEX ON items(owner, id);
        INSERT INTO users
            SELECT md5(n::text)::uuid, 'user' || n || '@example.com', 'User ' || n, NULL, true, now()
            FROM generate_series(1, 1000) n;
        INSERT INTO sessions
            SELECT n, md5('s' || n)::uuid, md5((n % 1000 + 1)::text)::uuid, now() + '7 days',
                '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64)', now()
            FROM generate_series(1, 10000) n;
        ANALYZE
        """

    var script: String {
        switch self {
        case .sessionLookup:
            """
            \\set number random(1, 10000)
            SELECT s.number, s.id, s.expires_at, s.ip, s.agent, s.created_at, u.id, u.email, u.name, \
            u.image, u.email_verified, u.created_at FROM sessions s JOIN users u ON u.id = s.user_id \
            WHERE s.number = :number AND s.expires_at > now();
            """
        case .insert:
            """
            \\set owner random(1, 1000)
            INSERT INTO items(owner, title) VALUES (:owner, 'A new item from the load test') \
            RETURNING id;
            """
        }
    }

    private static let find = Statement(
        .point,
        """
        SELECT s.number, s.id, s.expires_at, s.ip, s.agent, s.created_at, u.id, u.email, u.name,
            u.image, u.email_verified, u.created_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.number = $1 AND s.expires_at > now()
        """,
        binds: Int.self, returns: Found.self)

    private static let insertItem = Statement(
        .write, "INSERT INTO items(owner, title) VALUES ($1, $2) RETURNING id",
        binds: Int.self, String.self, returns: Single<Int>.self)

    func runOnce(on store: PostgresStore, _ number: Int) async -> Bool {
        switch self {
        case .sessionLookup:
            (try? await store.first(Self.find, number % 10_000 + 1)) != nil
        case .insert:
            (try? await store.first(
                Self.insertItem, number % 1000 + 1, "A new item from the load test")) != nil
        }
    }
}

private struct Found: RowDecodable {
    let number: Int
    let id: ID<Found>
    let expiresAt: Instant
    let address: String?
    let agent: String?
    let createdAt: Instant
    let userID: ID<Bench>
    let email: String
    let name: String
    let image: String?
    let isVerified: Bool
    let userCreatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        number = try row.next()
        id = try row.next()
        expiresAt = try row.next()
        address = try row.next()
        agent = try row.next()
        createdAt = try row.next()
        userID = try row.next()
        email = try row.next()
        name = try row.next()
        image = try row.next()
        isVerified = try row.next()
        userCreatedAt = try row.next()
    }
}
