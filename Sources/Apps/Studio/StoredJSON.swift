import Coding
import SQL

/// What is kept in a column as JSON: checked when it came in, and written by the program.
protocol StoredJSON: Codable, Sendable, SQLValue {}

extension StoredJSON {
    static var sqlType: SQLType { .json }
    static var sqlExample: (any SQLValue)? { (try? SchemaReader.read(Self.self))?.example }

    func bind(to target: any BindTarget) {
        let bytes = (try? JSONCoder.encode(self)) ?? []
        JSONText(String(decoding: bytes, as: UTF8.self)).bind(to: target)
    }

    static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Self {
        let text = try JSONText.read(from: source, at: column).text
        guard let value = try? JSONCoder.decode(Self.self, from: Array(text.utf8)) else {
            throw DatabaseError(.decoding, "column \(column) is no \(Self.self)")
        }
        return value
    }
}
