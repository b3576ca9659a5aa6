import SQL
import Values

/// A row of an app's usual size.
enum Item {
    static let schema = """
        CREATE TABLE items (
            id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, title TEXT NOT NULL,
            body TEXT NOT NULL, is_done INTEGER NOT NULL, priority INTEGER NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX items_owner ON items (owner_id, created_at DESC);
        """

    static let insert = Statement(
        .write,
        """
        INSERT INTO items (id, owner_id, title, body, is_done, priority, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """, binds: ID<Item>.self, ID<Item>.self, String.self, String.self, Bool.self,
        Int.self, Instant.self, Instant.self)
    static let title = "A new item from the load test"
    static let body = "Lorem ipsum dolor sit amet, consectetur adipiscing elit"

    static func owner(_ number: Int) -> ID<Item> { ID(high: 7, low: UInt64(number % 100)) }
}
