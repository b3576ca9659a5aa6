import Identity
import Resources
import SQL
import Values

/// The items of one user, as many as asked for. The database makes them itself, by their numbers: a
/// million in a minute.
struct ListedItems {
    let count: Int
    let resource: Resource
    let parameters: ListParameters

    static let declaration = """
        {
          name: "items",
          fields: {
            name: { type: "text", required: true, length: [1, 255] },
            description: { type: "text", length: [0, 1000] },
            status: { type: "enum", values: ["active", "inactive"], default: "active" },
          },
          search: ["name", "description"],
          sort: ["-createdAt", "name"],
          filter: ["status"],
        }
        """

    init(count: Int) throws {
        let file = DeclarationFile("items.json5", Array(Self.declaration.utf8))
        let catalog = try DeclarationReader.read([file])
        guard let resource = catalog["items"] else { throw Problem("there are no items") }
        self.count = count
        self.resource = resource
        parameters = ListParameters(of: resource, in: catalog)
    }

    /// The first page and its count, as somebody would write them by hand.
    static let plainStatements = [
        """
        SELECT id, user_id, name, description, status, created_at, updated_at, deleted_at
        FROM items WHERE user_id = $1 AND deleted_at IS NULL
        ORDER BY created_at DESC NULLS LAST, id DESC NULLS LAST LIMIT 20
        """,
        "SELECT count(*) FROM items WHERE user_id = $1 AND deleted_at IS NULL",
    ]

    // MARK: By number, from 1

    func id(_ number: Int) -> ID<ResourceRow> {
        ID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 + UInt64(number))
    }

    /// As far as a cursor looks at it.
    func row(_ number: Int) -> ResourceRow {
        let instant = Instant(seconds: 1_700_000_000 + Int64(number))
        return ResourceRow(
            id: id(number),
            values: [.text(name(number)), .null, .text(number % 2 == 0 ? "active" : "inactive")],
            createdAt: instant, updatedAt: instant)
    }

    private func name(_ number: Int) -> String { "Item \(word(number)) of the test" }

    /// Twenty items have it, however many there are.
    func word(_ number: Int) -> String {
        let digits = "\(number % (count / 20))"
        return "k" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    // MARK: Filling

    func filling(on engine: Engine, user: String) -> String {
        engine == .sqlite ? sqlite(user) : postgres(user)
    }

    private func sqlite(_ user: String) -> String {
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
        INSERT INTO items (id, user_id, name, description, status, created_at, updated_at)
        SELECT printf('01900000-0000-7000-8000-%012x', i), '\(user)',
            printf('Item k%06d of the test', i % \(count / 20)),
            'Something that a user wrote about an item, in a sentence of a usual length',
            iif(i % 2 = 0, 'active', 'inactive'),
            (1700000000 + i) * 1000000, (1700000000 + i) * 1000000 FROM n;
        ANALYZE;
        PRAGMA wal_checkpoint(TRUNCATE);
        """
    }

    private func postgres(_ user: String) -> String {
        """
        INSERT INTO items (id, user_id, name, description, status, created_at, updated_at)
        SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '\(user)',
            'Item k' || lpad((i % \(count / 20))::text, 6, '0') || ' of the test',
            'Something that a user wrote about an item, in a sentence of a usual length',
            CASE WHEN i % 2 = 0 THEN 'active' ELSE 'inactive' END,
            to_timestamp(1700000000 + i), to_timestamp(1700000000 + i)
        FROM generate_series(1, \(count)) i
        """
    }
}
