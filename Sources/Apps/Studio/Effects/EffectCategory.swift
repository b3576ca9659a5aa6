import Coding
import SQL
import Values

extension Studio {
    /// What effects are for.
    enum Category: String, Codable, CaseIterable, Sendable, SQLValue {
        case celebration, focus, text, ambient, transition
    }
}

/// Some categories, each once, in their order. One at least.
struct CategorySet: Sendable, Hashable {
    let list: [Studio.Category]

    init(_ list: [Studio.Category]) throws(Invalid) {
        guard !list.isEmpty else { throw .rule("categories.none") }
        guard Set(list).count == list.count else { throw .rule("list.twice") }
        self.init(checked: list)
    }

    private init(checked list: [Studio.Category]) {
        self.list = Studio.Category.allCases.filter(list.contains)
    }

    func contains(_ category: Studio.Category) -> Bool { list.contains(category) }
}

extension CategorySet: SchemaValue {
    init(from decoder: any Decoder) throws {
        try self.init([Studio.Category](from: decoder))
    }

    func encode(to encoder: any Encoder) throws { try list.encode(to: encoder) }

    static var schema: Schema {
        .list(
            of: .enumeration(Studio.Category.allCases.map(\.rawValue)),
            count: 1...Studio.Category.allCases.count)
    }
    static var example: CategorySet { CategorySet(checked: Studio.Category.allCases) }
}

/// Kept as a JSON list.
extension CategorySet: SQLValue {
    static var sqlType: SQLType { .json }
    static var sqlExample: (any SQLValue)? { JSONText("[]") }

    func bind(to target: any BindTarget) {
        JSONText(JSON.list(list.map { .string($0.rawValue) }).description).bind(to: target)
    }

    /// A category that there is no more is passed over.
    static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> CategorySet {
        let text = try JSONText.read(from: source, at: column).text
        guard let list = (try? JSON(parsing: Array(text.utf8)))?.asList else {
            throw DatabaseError(.decoding, "column \(column) is no list of categories")
        }
        return CategorySet(
            checked: list.compactMap { $0.asString.flatMap(Studio.Category.init(rawValue:)) })
    }
}
