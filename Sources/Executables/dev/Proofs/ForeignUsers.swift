import COpenSSL
import CSQLite

/// A database of better-auth, as its own tool makes it, with many users. Some of them have a password
/// of their own.
struct ForeignUsers {
    struct Known {
        let email: String
        let password: String
    }

    static let sampleCount = 20

    let file: String
    let count: Int
    /// From the first to the last, evenly.
    let sample: [Known]

    init(count: Int, file: String) throws {
        self.count = count
        self.file = file
        var script = Self.tables + Self.rows(count, try Self.hash("Shared password 1", salt: 0))
        sample = try (0..<Self.sampleCount).map { index in
            let number = index * (count - 1) / (Self.sampleCount - 1)
            let password = "Old password \(number)"
            let hash = try Self.hash(password, salt: number + 1)
            script += "UPDATE account SET password = '\(hash)' WHERE id = 'a\(number)';"
            return Known(email: "u\(number)@example.com", password: password)
        }
        try Self.run(script, on: file)
    }

    private static let tables = """
        CREATE TABLE "user" ("id" text NOT NULL PRIMARY KEY, "name" text NOT NULL,
            "email" text NOT NULL UNIQUE, "emailVerified" integer NOT NULL, "image" text,
            "createdAt" date NOT NULL, "updatedAt" date NOT NULL);
        CREATE TABLE "account" ("id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL,
            "providerId" text NOT NULL, "userId" text NOT NULL REFERENCES "user" ("id"),
            "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" date,
            "refreshTokenExpiresAt" date, "scope" text, "password" text,
            "createdAt" date NOT NULL, "updatedAt" date NOT NULL);
        """

    private static func rows(_ count: Int, _ hash: String) -> String {
        """
        CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS
            (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(count - 1)) SELECT i FROM n;
        INSERT INTO "user" SELECT 'user' || printf('%08d', i), 'User ' || i,
            'u' || i || '@example.com', i % 2, NULL, '2025-06-01T10:00:00.250Z',
            '2025-06-01T10:00:00.250Z' FROM n;
        INSERT INTO account ("id", "accountId", "providerId", "userId", "password", "createdAt",
            "updatedAt") SELECT 'a' || i, 'user' || printf('%08d', i), 'credential',
            'user' || printf('%08d', i), '\(hash)', '2025-06-01T10:00:00.250Z',
            '2025-06-01T10:00:00.250Z' FROM n;
        """
    }

    private static func run(_ script: String, on file: String) throws {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open(file, &connection) == SQLITE_OK,
            sqlite3_exec(connection, "BEGIN;\(script)COMMIT", nil, nil, nil) == SQLITE_OK
        else { throw Problem(String(cString: sqlite3_errmsg(connection))) }
    }

    /// better-auth's scrypt, by OpenSSL and not by what is tested: the salt is hexadecimal text.
    private static func hash(_ password: String, salt number: Int) throws -> String {
        let salt = hexadecimal((0..<16).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) })
        let (password, bytes) = (Array(password.utf8), Array(salt.utf8))
        var key = [UInt8](repeating: 0, count: 64)
        let isDone = EVP_PBE_scrypt(
            password, password.count, bytes, bytes.count, 16384, 16, 1, 64 << 20, &key, key.count)
        guard isDone == 1 else { throw Problem("OpenSSL makes no hash") }
        return salt + ":" + hexadecimal(key)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
