import Coding
import SQL
import Secrets
import Values

/// Gives out what mails let their readers do once, and takes it back.
package struct Verifications: Sendable {
    let database: any Database
    let randomness: Randomness
    let sealer: Sealer
    private let hasher: KeyedHasher

    init(_ database: any Database, _ keyring: Keyring, _ randomness: Randomness) {
        (self.database, self.randomness) = (database, randomness)
        sealer = keyring.purpose("verifications")
        hasher = keyring.hasher("verification codes")
    }

    /// Both secrets of a mail, and the row that they are of.
    package struct Issued: Sendable {
        package let id: ID<Verification>
        package let token: VerificationToken
        package let code: VerificationCode
    }

    /// `address` is where the mail goes.
    package func issue(
        _ purpose: VerificationPurpose, for user: ID<User>, to address: EmailAddress,
        _ value: VerificationValue = VerificationValue(), expiresAt: Instant, at now: Instant,
        in transaction: any Transaction
    ) async throws -> Issued {
        let issued = Issued(
            id: ID(at: now, from: randomness), token: VerificationToken(from: randomness),
            code: VerificationCode(from: randomness))
        try await transaction.execute(
            Verification.insert, issued.id, user, purpose, issued.token.hash,
            TokenHash(hasher.hash(address.text)),
            TokenHash(hasher.hash(Self.text(of: issued.code, purpose, address))),
            try seal(value, of: issued.id), expiresAt, now)
        return issued
    }

    // MARK: Looking

    /// What has become of a link.
    package enum State: String, Codable, CaseIterable, Sendable {
        case open, used, expired
    }

    /// Consumes nothing. Nil where the token is none, or ended so long ago that it is forgotten.
    package func look(
        _ token: VerificationToken, at now: Instant
    ) async throws -> (verification: Verification, state: State)? {
        guard let found = try await database.first(Verification.look, token.hash) else {
            return nil
        }
        let state: State =
            found.consumedAt != nil ? .used : found.expiresAt <= now ? .expired : .open
        return (try verification(found.row), state)
    }

    /// Whether a token can be consumed: asked before work that is only worth doing then.
    func isLive(
        _ proof: MailProof, _ purpose: VerificationPurpose, at now: Instant
    ) async throws -> Bool {
        switch proof {
        case .token(let token):
            guard let found = try await look(token, at: now) else { return false }
            return found.state == .open && found.verification.purpose == purpose
        case .code(let code, let address):
            let (addresses, codes) = candidates(code, purpose, address)
            let found = try await database.first(
                Verification.findByAddress, addresses.0, addresses.1, purpose, codes.0, codes.1,
                now)
            return found != nil
        }
    }

    // MARK: Consuming

    /// Whose it is and what for. Once: of those that race for it, one gets an answer. A code that is
    /// wrong has been counted, so the transaction must be committed then, too.
    func consume(
        _ proof: MailProof, _ purpose: VerificationPurpose, at now: Instant,
        in transaction: any Transaction
    ) async throws -> Verification? {
        guard let row = try await row(proof, purpose, now, transaction) else { return nil }
        return try await consumed(row, at: now, in: transaction)
    }

    /// What a link that we have signed names.
    package func consume(
        _ id: ID<Verification>, _ purpose: VerificationPurpose, at now: Instant,
        in transaction: any Transaction
    ) async throws -> Verification? {
        let row = try await transaction.first(Verification.consumeByID, id, purpose, now)
        guard let row else { return nil }
        return try await consumed(row, at: now, in: transaction)
    }

    private func row(
        _ proof: MailProof, _ purpose: VerificationPurpose, _ now: Instant,
        _ transaction: any Transaction
    ) async throws -> VerificationRow? {
        switch proof {
        case .token(let token):
            return try await transaction.first(Verification.consume, token.hash, purpose, now)
        case .code(let code, let address):
            let (addresses, codes) = candidates(code, purpose, address)
            let tried = try await transaction.first(
                Verification.tryCode, addresses.0, addresses.1, purpose, codes.0, codes.1, now)
            return tried?.isRight == true ? tried?.row : nil
        }
    }

    private func consumed(
        _ row: VerificationRow, at now: Instant, in transaction: any Transaction
    ) async throws -> Verification {
        try await transaction.execute(Verification.consumeOthers, row.user, row.purpose, now)
        return try verification(row)
    }

    /// Ends all that mails let anybody do with an account, because its password or address is another
    /// one now.
    func consumeAll(
        of user: ID<User>, at now: Instant, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(Verification.consumeAll, user, now)
    }

    /// What has ended is remembered for a day, for pages that say so.
    func sweep(at now: Instant) async throws(DatabaseError) {
        try await database.execute(Verification.deleteExpired, now - Self.endedKept)
    }

    private static let endedKept: Duration = .days(1)

    // MARK: Codes and values

    /// A code is that of one mail: what is right for one purpose or address is wrong for all others.
    private static func text(
        of code: VerificationCode, _ purpose: VerificationPurpose, _ address: EmailAddress
    ) -> String {
        [purpose.rawValue, address.text, code.text.exposed].joined(separator: " ")
    }

    private func candidates(
        _ code: VerificationCode, _ purpose: VerificationPurpose, _ address: EmailAddress
    ) -> (addresses: (TokenHash, TokenHash), codes: (TokenHash, TokenHash)) {
        let addresses = hasher.candidates(address.text)
        let codes = hasher.candidates(Self.text(of: code, purpose, address))
        return (
            (TokenHash(addresses.newest), TokenHash(addresses.older)),
            (TokenHash(codes.newest), TokenHash(codes.older))
        )
    }

    private func seal(_ value: VerificationValue, of id: ID<Verification>) throws -> String? {
        if value == VerificationValue() { return nil }
        return sealer.seal(try JSONCoder.encode(value), context: Self.context(id))
    }

    private func verification(_ row: VerificationRow) throws -> Verification {
        let value = try row.sealed.map { sealed in
            try JSONCoder.decode(
                VerificationValue.self,
                from: sealer.open(sealed, context: Self.context(row.id)).exposed)
        }
        return Verification(
            id: row.id, user: row.user, purpose: row.purpose, value: value ?? VerificationValue())
    }

    private static func context(_ id: ID<Verification>) -> String {
        "verifications.value_sealed.\(id)"
    }
}
