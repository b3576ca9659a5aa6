import Coding
import SQL
import Secrets
import Values

/// Where users are taken over from.
package protocol UserSource {
    /// What comes next, `UserImport.batchMax` at most; nothing at the end.
    mutating func next() async throws -> [Result<ForeignUser, ImportRefusal>]
    /// How much of how much has been read, in a unit of the source's own.
    var progress: (done: Int, total: Int) { get }
}

/// A user who was not taken over: where he was found and why.
package struct ImportRefusal: Error, Sendable {
    package let place: String
    package let problem: ImportProblem

    package init(_ place: String, _ problem: ImportProblem) {
        (self.place, self.problem) = (place, problem)
    }
}

/// What an import came to.
package struct ImportReport: Sendable {
    /// Refusals that are listed one by one; more are counted.
    package static let refusalsMax = 1000

    package fileprivate(set) var imported = 0
    /// Whose address or id is taken: by an earlier run, or by a user of this server.
    package fileprivate(set) var present = 0
    package fileprivate(set) var withoutPassword = 0
    package fileprivate(set) var refused = 0
    package fileprivate(set) var refusals: [ImportRefusal] = []

    fileprivate mutating func refuse(_ refusal: ImportRefusal) {
        refused += 1
        if refusals.count < Self.refusalsMax { refusals.append(refusal) }
    }

    fileprivate mutating func add(_ batch: BatchCount) {
        imported += batch.imported
        present += batch.present
        withoutPassword += batch.withoutPassword
    }
}

private struct BatchCount: Sendable {
    var imported = 0
    var present = 0
    var withoutPassword = 0
}

/// Takes users over from another system, with their passwords as they are hashed there.
///
/// A batch is a transaction: an import that was interrupted is run again, and passes over the users
/// who are there. It never changes one of those. Memory is that of a batch, however many there are.
package struct UserImport: Sendable {
    package static let batchMax = 500
    /// A server at work may hold the lock for longer than a writer waits.
    private static let attemptsMax = 10

    let database: any Database
    let audit: AuditLog
    let randomness: Randomness
    let clock: Clock
    /// Whether everything is tried and nothing kept.
    let isDry: Bool

    package init(
        _ database: any Database, _ audit: AuditLog, _ randomness: Randomness, _ clock: Clock,
        isDry: Bool = false
    ) {
        (self.database, self.audit, self.randomness) = (database, audit, randomness)
        (self.clock, self.isDry) = (clock, isDry)
    }

    /// `onBatch` hears how far it has come.
    package func run(
        from source: inout some UserSource, onBatch: (ImportReport, Double) -> Void
    ) async throws -> ImportReport {
        var report = ImportReport()
        while true {
            let batch = try await source.next()
            if batch.isEmpty { return report }
            let users = checked(batch, &report)
            report.add(try await store(users))
            let (done, total) = source.progress
            onBatch(report, total > 0 ? min(1, Double(done) / Double(total)) : 1)
        }
    }

    private func checked(
        _ batch: [Result<ForeignUser, ImportRefusal>], _ report: inout ImportReport
    ) -> [ImportedUser] {
        let now = clock.now
        var users: [ImportedUser] = []
        for entry in batch {
            switch entry {
            case .failure(let refusal): report.refuse(refusal)
            case .success(let user):
                do throws(ImportProblem) {
                    users.append(try ImportedUser(user, at: now, randomness))
                } catch {
                    report.refuse(ImportRefusal(user.place, error))
                }
            }
        }
        return users
    }

    /// What a transaction that is only tried throws, so that nothing of it is kept.
    private struct Tried: Error {
        let count: BatchCount
    }

    private func store(_ users: [ImportedUser]) async throws -> BatchCount {
        let (now, isDry) = (clock.now, isDry)
        var attempt = 1
        while true {
            do {
                return try await database.transaction { transaction in
                    let count = try await Self.insert(users, at: now, in: transaction)
                    try await record(count, at: now, in: transaction)
                    if isDry { throw Tried(count: count) }
                    return count
                }
            } catch let tried as Tried {
                return tried.count
            } catch let error as DatabaseError
                where error.code == .busy && attempt < Self.attemptsMax
            {
                attempt += 1
            }
        }
    }

    private func record(
        _ count: BatchCount, at now: Instant, in transaction: any Transaction
    ) async throws {
        guard count.imported > 0 else { return }
        try await audit.append(
            .usersImported, about: nil, by: .operator,
            details: ["count": .integer(Int64(count.imported))], at: now, in: transaction)
    }

    private static func insert(
        _ users: [ImportedUser], at now: Instant, in transaction: any Transaction
    ) async throws -> BatchCount {
        var count = BatchCount()
        for user in users {
            let id = try await transaction.first(
                ImportedUser.insert, user.id, user.email, user.name, user.image, user.passwordHash,
                user.fields, user.emailVerifiedAt, user.createdAt, now)
            if id == nil {
                count.present += 1
            } else {
                count.imported += 1
                if user.passwordHash == nil { count.withoutPassword += 1 }
            }
        }
        return count
    }
}

extension ImportedUser {
    /// One whose id or address is taken is not inserted.
    static let insert = Statement(
        .write,
        """
        INSERT INTO users (id, email, name, image, password_hash, fields, email_verified_at,
            created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
        """, binds: ID<User>.self, EmailAddress.self, String?.self, String?.self, String?.self,
        JSONText.self, Instant?.self, Instant.self, Instant.self, returns: Single<ID<User>>.self)

    static let statements: [StatementCore] = [insert.core]

    /// The other system's id, where it cannot be kept: whoever has rows that name it can find the
    /// user by it.
    var fields: JSONText {
        guard let foreignID else { return JSONText("{}") }
        return JSONText((["importedId": .string(foreignID)] as JSON).description)
    }
}
