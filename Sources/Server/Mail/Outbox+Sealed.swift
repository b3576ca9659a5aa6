import Identity
import Mail
import SQL

/// Mails that wait, were put aside or were sent lately are sealed anew with the rest, so that the key
/// of their time can go.
extension Outbox {
    var sealedColumn: SealedColumn {
        SealedColumn(
            name: Self.sealedName, sealer: sealer, page: SealedMail.page,
            replace: SealedMail.replace)
    }
}

enum SealedMail {
    static let page = Statement(
        .scan,
        sqlite: """
            SELECT id, payload FROM jobs WHERE kind = 'mail.send' AND id > $1 ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id::text, payload FROM jobs WHERE kind = 'mail.send' AND id >
                COALESCE(NULLIF($1::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
            ORDER BY jobs.id LIMIT $2
            """, binds: String.self, Int.self, returns: SealedRow.self)

    static let replace = Statement(
        .write,
        sqlite: "UPDATE jobs SET payload = $2 WHERE id = $1 AND payload = $3",
        postgres: "UPDATE jobs SET payload = $2 WHERE id = $1::text::uuid AND payload = $3",
        binds: String.self, String.self, String.self, returns: NoRow.self)

    static let statements: [StatementCore] = [page.core, replace.core]
}
