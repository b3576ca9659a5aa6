import Coding
import SQL
import Values

/// How a creator wants the studio to be: members whose meaning is the page's.
struct CreatorSettings: Sendable, Hashable {
    static let membersMax = 50
    static let nameMax = 64
    static let bytesMax = 8 << 10

    let object: JSONObject

    init(_ object: JSONObject) throws(Invalid) {
        guard object.count <= Self.membersMax,
            object.names.allSatisfy({ (1...Self.nameMax).contains($0.utf8.count) }),
            JSON.object(object).bytes().count <= Self.bytesMax
        else { throw .rule("settings.size") }
        self.object = object
    }

    private init(checked object: JSONObject) { self.object = object }

    /// These with others put over them, member by member. Null takes one away.
    func merged(with changes: CreatorSettings) throws(Invalid) -> CreatorSettings {
        var merged = object
        for member in changes.object.members {
            merged[member.name] = member.value.isNull ? nil : member.value
        }
        return try CreatorSettings(merged)
    }
}

extension CreatorSettings: SchemaValue {
    init(from decoder: any Decoder) throws {
        let json = try JSON(from: decoder)
        guard let object = json.asObject else {
            throw Invalid.wrongType(expected: .object, received: json.kind)
        }
        try self.init(object)
    }

    func encode(to encoder: any Encoder) throws { try JSON.object(object).encode(to: encoder) }

    static var schema: Schema { .dictionary(of: .any) }
    static var example: CreatorSettings { CreatorSettings(checked: ["volume": 0.5]) }
}

/// Kept as a JSON object.
extension CreatorSettings: SQLValue {
    static var sqlType: SQLType { .json }
    static var sqlExample: (any SQLValue)? { JSONText("{}") }

    func bind(to target: any BindTarget) {
        JSONText(JSON.object(object).description).bind(to: target)
    }

    static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> CreatorSettings {
        let text = try JSONText.read(from: source, at: column).text
        guard let object = (try? JSON(parsing: Array(text.utf8)))?.asObject else {
            throw DatabaseError(.decoding, "column \(column) is no object")
        }
        return CreatorSettings(checked: object)
    }
}
