import SQL
import Secrets
import Values

/// A column of values that are sealed with the encryption keys, so that they can be sealed again with
/// a newer one. Whoever seals a column lists it in `Identity.sealedColumns`, or hands it to
/// `rotateKeys`; its context is `table.column.id`.
package struct SealedColumn: Sendable {
    /// Rows after an id, in the order of ids, so many at most.
    package typealias Page =
        @Sendable (any Database, _ last: String, _ max: Int) async throws -> [SealedRow]
    /// Puts a value in the place of another, where that is still there.
    package typealias Replace =
        @Sendable (any Database, _ id: String, _ new: String, _ old: String) async throws -> Void

    /// `signing_keys.private_sealed`
    package let name: String
    /// The name that it had before: what was sealed then is sealed again under this one.
    private let formerName: String?
    private let sealer: Sealer
    private let page: Page
    private let replace: Replace

    private static let pageMax = 200

    /// For a column whose names are known at run time only.
    package init(
        name: String, formerName: String?, sealer: Sealer, page: @escaping Page,
        replace: @escaping Replace
    ) {
        (self.name, self.formerName, self.sealer) = (name, formerName, sealer)
        (self.page, self.replace) = (page, replace)
    }

    package init(
        name: String, sealer: Sealer, page: Statement<SealedRow, String, Int>,
        replace: Statement<NoRow, String, String, String>
    ) {
        self.init(
            name: name, formerName: nil, sealer: sealer,
            page: { try await $0.all(page, $1, $2) },
            replace: { try await $0.execute(replace, $1, $2, $3) })
    }

    /// How many values each key has sealed.
    package func count(in database: any Database) async throws -> [Keyring.KeyID: Int] {
        var counts: [Keyring.KeyID: Int] = [:]
        try await forEach(in: database) { row in
            if let id = Sealer.keyID(of: row.sealed) { counts[id, default: 0] += 1 }
        }
        return counts
    }

    /// Seals with the newest key what older ones have sealed, and returns how many values that was. A
    /// value that is changed meanwhile is left to whoever changed it. Run again, it goes on.
    package func reseal(in database: any Database) async throws -> Int {
        var count = 0
        try await forEach(in: database) { row in
            guard let value = try outdated(row) else { return }
            let context = "\(name).\(row.id)"
            try await replace(
                database, row.id, sealer.seal(value.exposed, context: context), row.sealed)
            count += 1
        }
        return count
    }

    /// The value, unless it is sealed as it should be already.
    private func outdated(_ row: SealedRow) throws(SealError) -> Secret<[UInt8]>? {
        let isOutdated = sealer.isOutdated(row.sealed)
        guard isOutdated || formerName != nil else { return nil }
        do throws(SealError) {
            let value = try sealer.open(row.sealed, context: "\(name).\(row.id)")
            return isOutdated ? value : nil
        } catch {
            guard let formerName else { throw error }
            return try sealer.open(row.sealed, context: "\(formerName).\(row.id)")
        }
    }

    private func forEach(
        in database: any Database, _ body: (SealedRow) async throws -> Void
    ) async throws {
        var last = ""
        while true {
            let rows = try await page(database, last, Self.pageMax)
            for row in rows { try await body(row) }
            guard rows.count == Self.pageMax, let next = rows.last else { return }
            last = next.id
        }
    }
}

/// A sealed value and the row that it is of.
package struct SealedRow: RowDecodable {
    let id: String
    let sealed: String

    package init(id: String, sealed: String) {
        (self.id, self.sealed) = (id, sealed)
    }

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        sealed = try row.next()
    }

    static let signingKeys = Statement(
        .scan, "SELECT id, private_sealed FROM signing_keys WHERE id > $1 ORDER BY id LIMIT $2",
        binds: String.self, Int.self, returns: SealedRow.self)

    static let replaceSigningKey = Statement(
        .write, "UPDATE signing_keys SET private_sealed = $2 WHERE id = $1 AND private_sealed = $3",
        binds: String.self, String.self, String.self)

    static let statements: [StatementCore] = [
        signingKeys.core, replaceSigningKey.core, verifications.core, replaceVerification.core,
        accessTokens.core, providerRefreshTokens.core,
        idTokens.core, replaceAccessToken.core, replaceProviderRefreshToken.core,
        replaceIDToken.core,
    ]
}

extension Identity {
    /// Every column that the encryption keys seal.
    package var sealedColumns: [SealedColumn] {
        [
            SealedColumn(
                name: "signing_keys.private_sealed", sealer: signingKeys.sealer,
                page: SealedRow.signingKeys, replace: SealedRow.replaceSigningKey),
            SealedColumn(
                name: "verifications.value_sealed", sealer: verifications.sealer,
                page: SealedRow.verifications, replace: SealedRow.replaceVerification),
        ] + providerAccounts.sealedColumns
    }
}

/// What a rotation has done.
package struct KeyRotation: Sendable {
    package let signingKey: String
    package let signsFrom: Instant
    package let resealed: Int
}

extension Identity {
    /// Makes a new signing key and seals everything with the newest encryption key, while servers are
    /// at work. `others` are sealed columns that other features have.
    package func rotateKeys(
        with others: [SealedColumn] = [], at now: Instant
    ) async throws -> KeyRotation {
        var resealed = 0
        for column in sealedColumns + others { resealed += try await column.reseal(in: database) }
        let count = resealed
        let id = try await database.transaction { [self] transaction in
            let id = try await signingKeys.rotate(
                tokensLiveFor: settings.tokens.accessExpiresAfter.duration, at: now,
                in: transaction)
            try await audit.append(
                .keysRotated, about: nil, by: .operator,
                details: ["signingKey": .string(id), "resealed": .integer(Int64(count))], at: now,
                in: transaction)
            return id
        }
        return KeyRotation(
            signingKey: id, signsFrom: now + SigningKeys.publishedBefore, resealed: resealed)
    }
}
