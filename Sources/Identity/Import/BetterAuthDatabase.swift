import SQL
import Values

/// The users of a better-auth database, in the tables that its own command-line tool makes: `user`
/// and `account`. Passwords are those of the `credential` accounts; accounts at providers and
/// sessions stay where they are.
package struct BetterAuthDatabase: UserSource, Sendable {
    private let database: any StatementRunner
    private var position: String
    private var done = 0
    private let total: Int
    /// Ties to GitHub, Google and the like, which are not taken over.
    package let otherAccounts: Int

    /// Its tables are not there, or not as expected, or the database does not answer.
    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String

        fileprivate init(_ error: DatabaseError) {
            description = "The better-auth database cannot be read: \(error.message)."
        }
    }

    package init(
        _ database: any StatementRunner, on engine: Engine
    ) async throws(Unreadable) {
        self.database = database
        position = engine == .sqlite ? "0" : ""
        do throws(DatabaseError) {
            total = try await database.first(BetterAuthRow.count)?.value ?? 0
            otherAccounts = try await database.first(BetterAuthRow.countOthers)?.value ?? 0
        } catch {
            throw Unreadable(error)
        }
    }

    package var progress: (done: Int, total: Int) { (done, total) }

    package mutating func next() async throws -> [Result<ForeignUser, ImportRefusal>] {
        let rows = try await page()
        // A user with two passwords comes twice.
        var users: [ForeignUser] = []
        for row in rows where row.position != position {
            position = row.position
            users.append(row.user)
        }
        done += users.count
        return users.map { .success($0) }
    }

    private func page() async throws(Unreadable) -> [BetterAuthRow] {
        do throws(DatabaseError) {
            return try await database.all(BetterAuthRow.page, position, UserImport.batchMax)
        } catch {
            throw Unreadable(error)
        }
    }
}

/// A row of `user` with its password. What the engines and the tools around better-auth keep as
/// different types is read as text.
struct BetterAuthRow: RowDecodable {
    let position: String
    let user: ForeignUser

    init(row: inout Row) throws(DatabaseError) {
        position = try row.next()
        let id: String? = try row.next()
        let email: String? = try row.next()
        var user = ForeignUser(place: "user \(id ?? position)", email: email ?? "")
        user.id = id
        user.name = try row.next()
        user.image = try row.next()
        user.emailVerified = try row.next()
        user.createdAt = try row.next()
        user.passwordHash = try row.next()
        self.user = user
    }

    /// The users after a position, with their passwords. SQLite goes by row number, whatever the
    /// ids are; PostgreSQL by the id as text. Instants in milliseconds there, in SQLite as they are.
    static let page = Statement(
        .scan,
        sqlite: """
            SELECT CAST(u.position AS TEXT), CAST(u.id AS TEXT), CAST(u.email AS TEXT),
                CAST(u.name AS TEXT), CAST(u.image AS TEXT), CAST(u."emailVerified" AS TEXT),
                CAST(u."createdAt" AS TEXT), CAST(a.password AS TEXT)
            FROM (SELECT *, rowid AS position FROM "user" WHERE rowid > CAST($1 AS INTEGER)
                ORDER BY rowid LIMIT $2) u
            LEFT JOIN account a ON a."userId" = u.id AND a."providerId" = 'credential'
            ORDER BY u.position
            """,
        postgres: """
            SELECT u.id::text, u.id::text, u.email::text, u.name::text, u.image::text,
                u."emailVerified"::text, (extract(epoch FROM u."createdAt") * 1000)::bigint::text,
                a.password::text
            FROM (SELECT * FROM "user" WHERE id::text > $1 ORDER BY id::text LIMIT $2) u
            LEFT JOIN account a ON a."userId" = u.id AND a."providerId" = 'credential'
            ORDER BY u.id::text
            """, binds: String.self, Int.self, returns: BetterAuthRow.self)

    static let count = Statement(
        .scan, "SELECT count(*) FROM \"user\"", returns: Single<Int>.self)

    static let countOthers = Statement(
        .scan, "SELECT count(*) FROM account WHERE \"providerId\" <> 'credential'",
        returns: Single<Int>.self)

    /// For a test over better-auth's tables: they are not ours.
    static let statements: [StatementCore] = [page.core, count.core, countOthers.core]
}
