import Coding
import SQL
import Values

/// What an API key may be used for: a kind of thing and what is done to it, `users:read`.
///
/// A scope narrows what the key's owner may do and never widens it. There are no wildcards: what a key
/// can do stands in its list. Which scopes there are is up to the operations that ask for them.
package struct Scope: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard Self.isScope(text) else { throw .rule("scope.syntax") }
        self.text = text
    }

    /// For scopes that the program names itself.
    package init(known text: StaticString) { self.text = "\(text)" }

    package static let usersRead = Scope(known: "users:read")
    package static let organizationsRead = Scope(known: "organizations:read")

    /// As long as the name of a declared resource can be.
    private static let wordMax = 63

    private static func isScope(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return words.count == 2 && words.allSatisfy(isWord)
    }

    private static func isWord(_ word: Substring.UTF8View) -> Bool {
        guard let first = word.first, isLetter(first), word.count <= wordMax else { return false }
        return word.allSatisfy {
            isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    package static var schema: Schema {
        .string(length: 3...127, pattern: "^[a-z][a-z0-9_-]{0,62}:[a-z][a-z0-9_-]{0,62}$")
    }
    package static var example: Scope { .usersRead }
}

/// The scopes of one key, each once.
package struct Scopes: Hashable, Sendable {
    package static let countMax = 50

    package let list: [Scope]

    package init(_ list: [Scope]) throws(Invalid) {
        guard list.count <= Self.countMax else { throw .rule("scopes.count") }
        self.init(checked: list)
    }

    private init(checked list: [Scope]) {
        var seen: Set<Scope> = []
        self.list = list.filter { seen.insert($0).inserted }
    }

    package func contains(_ scope: Scope) -> Bool { list.contains(scope) }
}

extension Scopes: SchemaValue {
    package init(from decoder: any Decoder) throws {
        try self.init([Scope](from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try list.encode(to: encoder)
    }

    package static var schema: Schema { .list(of: Scope.schema, count: 0...countMax) }
    package static var example: Scopes { Scopes(checked: [.usersRead]) }
}

/// Kept as a JSON list.
extension Scopes: SQLValue {
    package static var sqlType: SQLType { .json }
    package static var sqlExample: (any SQLValue)? { JSONText("[]") }

    package func bind(to target: any BindTarget) {
        JSONText(JSON.list(list.map { .string($0.text) }).description).bind(to: target)
    }

    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Scopes {
        let text = try JSONText.read(from: source, at: column).text
        guard let list = (try? JSON(parsing: Array(text.utf8)))?.asList else {
            throw DatabaseError(.decoding, "column \(column) is no list of scopes")
        }
        return Scopes(checked: list.compactMap { $0.asString.flatMap { try? Scope($0) } })
    }
}
