import DatabaseTesting
import SQL

@testable import Identity

/// The two tables of a better-auth database that matter here, as its command-line tool makes them.
enum BetterAuthTables {
    static func create(on store: TestStore) async throws {
        let script = store.engine == .sqlite ? sqlite : postgres
        try await store.transaction { try await $0.runScript(script) }
    }

    private static let sqlite = """
        CREATE TABLE "user" ("id" text NOT NULL PRIMARY KEY, "name" text NOT NULL,
            "email" text NOT NULL UNIQUE, "emailVerified" integer NOT NULL, "image" text,
            "createdAt" date NOT NULL, "updatedAt" date NOT NULL);
        CREATE TABLE "account" ("id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL,
            "providerId" text NOT NULL, "userId" text NOT NULL REFERENCES "user" ("id"),
            "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" date,
            "refreshTokenExpiresAt" date, "scope" text, "password" text,
            "createdAt" date NOT NULL, "updatedAt" date NOT NULL);
        """

    private static let postgres = """
        CREATE TABLE "user" ("id" text NOT NULL PRIMARY KEY, "name" text NOT NULL,
            "email" text NOT NULL UNIQUE, "emailVerified" boolean NOT NULL, "image" text,
            "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL);
        CREATE TABLE "account" ("id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL,
            "providerId" text NOT NULL, "userId" text NOT NULL REFERENCES "user" ("id"),
            "accessToken" text, "refreshToken" text, "idToken" text,
            "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
            "scope" text, "password" text, "createdAt" timestamptz NOT NULL,
            "updatedAt" timestamptz NOT NULL);
        """

    static let insertUser = Statement(
        .write,
        sqlite: """
            INSERT INTO "user" VALUES ($1, $2, $3, $4 = 'true', NULL, $5, $5)
            """,
        postgres: """
            INSERT INTO "user" VALUES ($1, $2, $3, $4::boolean, NULL, $5::timestamptz,
                $5::timestamptz)
            """, binds: String.self, String.self, String.self, String.self, String.self,
        returns: NoRow.self)

    static let insertAccount = Statement(
        .write,
        sqlite: """
            INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt",
                "updatedAt") VALUES ($1, $2, $3, $2, $4, '2025-01-01', '2025-01-01')
            """,
        postgres: """
            INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt",
                "updatedAt") VALUES ($1, $2, $3, $2, $4, '2025-01-01', '2025-01-01')
            """, binds: String.self, String.self, String.self, String?.self,
        returns: NoRow.self)

    /// `count` users with one password, who signed up a second after one another.
    static func fill(_ store: TestStore, count: Int, password: String) async throws {
        for first in stride(from: 0, to: count, by: 500) {
            try await store.transaction { transaction in
                for number in first..<min(first + 500, count) {
                    let id = "user\(100_000 + number)"
                    try await transaction.execute(
                        insertUser, id, "User \(number)", "u\(number)@example.com",
                        number % 2 == 0 ? "true" : "false", "2025-06-01T10:00:00.250Z")
                    try await transaction.execute(
                        insertAccount, "a\(number)", id, "credential", password)
                }
            }
        }
    }
}
