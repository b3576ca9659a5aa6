import API
import Coding
import SQL
import Secrets
import Synchronization
import Values

/// What was done to accounts, by whom and from where: entries that are only ever added, each bound to
/// the one before it by a hash (S3-28).
///
/// An entry is written with what it records, in the same transaction; nobody waits for anybody. It
/// gets its number and its hash within about a second, by whichever node comes first: the row of
/// `audit_chain` lets one at a time. So the order is that of the chain, and an entry that has been
/// linked cannot be changed, moved or taken out unseen. Who can write to the database can write a
/// whole new chain: to be safe from that, keep elsewhere what `atrium audit verify` prints.
package final class AuditLog: Sendable {
    /// Entries linked in one transaction.
    private static let batchMax = 100

    private let database: any Database
    private let randomness: Randomness
    private let storesAddress: Bool
    private let isLinkDue = Atomic(true)
    private let failures = Mutex(FailureBudget())

    init(_ database: any Database, _ randomness: Randomness, storesAddress: Bool) {
        (self.database, self.randomness) = (database, randomness)
        self.storesAddress = storesAddress
    }

    // MARK: Writing

    /// `runner` is the transaction of what is recorded, where there is one.
    package func append(
        _ event: AuditEvent, about user: ID<User>?, session: ID<Session>? = nil,
        by origin: AuditOrigin, details: JSONObject = [:], at now: Instant,
        in runner: any StatementRunner
    ) async throws {
        var origin = origin
        if !storesAddress { origin.address = nil }
        let entry = AuditEntry(
            event, about: user, session, by: origin, details, id: ID(at: now, from: randomness),
            at: now)
        try await runner.execute(
            AuditEntry.insert, entry.id, entry.at, entry.event, entry.actor, entry.userID,
            entry.sessionID, entry.address, entry.userAgent, entry.requestID, entry.details)
        isLinkDue.store(true, ordering: .relaxed)
    }

    /// Records a wrong password. Of a flood the most is counted only: the number stands in the first
    /// entry after it.
    package func appendFailure(about user: ID<User>?, _ call: Call) async throws {
        guard let passedOver = failures.withLock({ $0.take(at: call.now) }) else { return }
        try await append(
            .signInFailed, about: user, by: AuditOrigin(call, .anonymous),
            details: passedOver == 0 ? [:] : ["passedOver": .integer(Int64(passedOver))],
            at: call.now, in: database)
    }

    // MARK: Linking

    /// Links what has been written here since the last time, or was left by a node that died.
    package func linkIfDue() async throws {
        guard isLinkDue.exchange(false, ordering: .relaxed) else { return }
        do {
            try await link()
        } catch {
            isLinkDue.store(true, ordering: .relaxed)
            throw error
        }
    }

    package func link() async throws {
        while try await linkBatch() == Self.batchMax {}
    }

    private func linkBatch() async throws -> Int {
        try await database.transaction { transaction in
            guard let chain = try await transaction.first(AuditChain.lock) else {
                throw DatabaseError(.decoding, "audit_chain has lost its row")
            }
            var (seq, hash) = (chain.lastSeq, chain.lastHash)
            let entries = try await transaction.all(AuditEntry.unlinked, Self.batchMax)
            for entry in entries {
                seq += 1
                hash = TokenHash(entry.hash(after: hash.digest, seq: seq))
                try await transaction.execute(AuditEntry.link, entry.id, seq, hash)
            }
            if !entries.isEmpty { try await transaction.execute(AuditChain.advance, seq, hash) }
            return entries.count
        }
    }

    // MARK: Forgetting

    /// Deletes the entries before `cutoff` from the beginning of the chain on. The hash of the last
    /// one is kept: the rest follows from it.
    package func forget(before cutoff: Instant) async throws {
        while try await forgetBatch(before: cutoff) == Self.batchMax {}
    }

    private func forgetBatch(before cutoff: Instant) async throws -> Int {
        guard let chain = try await database.first(AuditChain.find) else { return 0 }
        let first = try await database.all(LinkedEntry.after, chain.anchorSeq, 1)
        guard let first = first.first, first.entry.at < cutoff else { return 0 }
        return try await database.transaction { transaction in
            guard let chain = try await transaction.first(AuditChain.lock) else { return 0 }
            let old = try await transaction.all(
                LinkedEntry.after, chain.anchorSeq, Self.batchMax
            ).prefix { $0.entry.at < cutoff }
            guard let last = old.last else { return 0 }
            try await transaction.execute(AuditEntry.deleteFirst, last.seq)
            try await transaction.execute(AuditChain.anchor, last.seq, last.hash)
            return old.count
        }
    }

    // MARK: Reading

    /// The newest first. `user` is whom they are about.
    package func list(
        about user: ID<User>?, since: Instant, max: Int
    ) async throws(DatabaseError) -> [AuditEntry] {
        try await database.all(AuditEntry.list, user, since, max)
    }

    package func verify() async throws -> AuditVerdict {
        try await AuditVerifier(database: database).run()
    }
}

/// How many failures are written: as many in a minute as a person could still read.
private struct FailureBudget {
    private static let perMinute = 300

    private var endsAt = Instant.distantPast
    private var written = 0
    private var passedOver = 0

    /// Nil when this one is not written, else how many before it were not.
    mutating func take(at now: Instant) -> Int? {
        if now >= endsAt { (endsAt, written) = (now + .minutes(1), 0) }
        guard written < Self.perMinute else {
            passedOver += 1
            return nil
        }
        written += 1
        defer { passedOver = 0 }
        return passedOver
    }
}
