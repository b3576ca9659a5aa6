import Glibc
import Loop
import SQL
import SQLiteStore
import Values

private let users = 10_000

private let schema = """
    CREATE TABLE users (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
        email_verified INTEGER NOT NULL, image TEXT, created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sessions (
        id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id),
        token_hash BLOB NOT NULL UNIQUE, expires_at INTEGER NOT NULL, ip_address TEXT,
        user_agent TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
    INSERT INTO users SELECT printf('01900000-0000-7000-8000-%012d', i), 'User Number ' || i,
        'user' || i || '@example.com', 0, 'https://example.com/avatars/' || i || '.png', 1, 1 FROM n;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
    INSERT INTO sessions SELECT printf('01900000-0000-7000-9000-%012d', i),
        printf('01900000-0000-7000-8000-%012d', i), CAST(printf('%032d', i) AS BLOB),
        9999999999999, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 1, 1
    FROM n;
    ANALYZE;
    """

/// What a request with a cookie looks up: 13 columns of two tables.
struct SessionRow: RowDecodable {
    static let text: StaticString = """
        SELECT s.id, s.user_id, s.expires_at, s.ip_address, s.user_agent, s.created_at,
            s.updated_at, u.name, u.email, u.email_verified, u.image, u.created_at, u.updated_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > $2
        """
    static let find = Statement(
        .point, text, binds: [UInt8].self, Instant.self, returns: SessionRow.self)

    let id: ID<SessionRow>
    let user: ID<SessionRow>
    let expiresAt: Instant
    let address: String?
    let agent: String?
    let createdAt: Instant
    let updatedAt: Instant
    let name: String
    let email: String
    let isVerified: Bool
    let image: String?
    let userCreatedAt: Instant
    let userUpdatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        user = try row.next()
        expiresAt = try row.next()
        address = try row.next()
        agent = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
        name = try row.next()
        email = try row.next()
        isVerified = try row.next()
        image = try row.next()
        userCreatedAt = try row.next()
        userUpdatedAt = try row.next()
    }
}

func measureReads() async throws {
    let (path, store) = try fresh("reads")
    defer { remove(path) }
    try await store.transaction { try await $0.runScript(schema) }
    var (ours, theirs, inSnapshot) = ([Double](), [Double](), [Double]())
    for _ in 0..<rounds {
        ours.append(try await readByStore(store))
        theirs.append(Alone(path).reads(for: seconds, inSnapshot: false))
        inSnapshot.append(Alone(path).reads(for: seconds, inSnapshot: true))
    }
    show("session lookup, C API alone", median(theirs))
    show("session lookup, C API alone, one snapshot", median(inSnapshot))
    show("session lookup, store, on one loop", median(ours), median(ours) / median(theirs))
    await store.close()
}

private func readByStore(_ store: SQLiteStore) async throws -> Double {
    let duration = seconds
    return try await loops.any.spawn(throwing: {
        var stopwatch = Stopwatch(duration)
        var random = Scramble()
        while !stopwatch.isOver {
            let token = tokenBytes(random.next() % users)
            let row = try await store.first(SessionRow.find, token, Instant(microseconds: 1))
            precondition(row?.isVerified == false, "the row is found")
        }
        return stopwatch.rate
    }).value
}

/// The 32 bytes under which session `number` is found.
func tokenBytes(_ number: Int) -> [UInt8] {
    var (bytes, rest) = ([UInt8](repeating: 48, count: 32), number)
    for index in stride(from: 31, to: 26, by: -1) {
        bytes[index] = 48 + UInt8(rest % 10)
        rest /= 10
    }
    return bytes
}
