import Coding
import SQL

// How a migration's file keeps the tables that it leaves behind: what comes next is the difference
// from these, whatever has happened to the database of whoever declares.

extension TableShape {
    var json: JSON {
        .object([
            "name": .string(name.name), "columns": .list(columns.map(\.json)),
            "indexes": .list(indexes.map(\.json)),
            "search": .list(search.map { .string($0.name) }),
        ])
    }

    /// Nil for what is no table.
    init?(_ json: JSON) {
        guard let name = SQLIdentifier(json["name"]),
            let columns = json["columns"]?.asList?.map({ ColumnShape($0) }),
            let indexes = json["indexes"]?.asList?.map({ IndexShape($0) }),
            let search = json["search"]?.asList?.map({ SQLIdentifier($0) }),
            !columns.contains(nil), !indexes.contains(nil), !search.contains(nil)
        else { return nil }
        self.init(
            name: name, columns: columns.compactMap(\.self), indexes: indexes.compactMap(\.self),
            search: search.compactMap(\.self))
    }
}

extension ColumnShape {
    fileprivate var json: JSON {
        var json: JSONObject = ["name": .string(name.name), "type": .string(type.word)]
        switch type {
        case .text(let max?): json["max"] = .integer(Int64(max))
        case .choice(let words): json["values"] = .list(words.map { .string($0) })
        default: break
        }
        if isNullable { json["null"] = true }
        if let defaultValue { json["default"] = defaultValue.json }
        if let reference {
            json["references"] = .string(reference.table.name)
            json["onDelete"] = .string(reference.onDelete.rawValue)
        }
        return .object(json)
    }

    fileprivate init?(_ json: JSON) {
        guard let name = SQLIdentifier(json["name"]), let type = ColumnType(json) else {
            return nil
        }
        self.init(name, type, isNullable: json["null"]?.asBoolean ?? false)
        if let value = json["default"] {
            guard let literal = SQLLiteral(value, for: type) else { return nil }
            defaultValue = literal
        }
        if let table = json["references"] {
            guard let table = SQLIdentifier(table), let action = json["onDelete"]?.asString,
                let onDelete = OnDelete(rawValue: action)
            else { return nil }
            reference = Reference(table, onDelete)
        }
    }
}

extension ColumnType {
    fileprivate var word: String {
        switch self {
        case .id: "id"
        case .text: "text"
        case .choice: "choice"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .instant: "instant"
        case .date: "date"
        case .json: "json"
        case .sealed: "sealed"
        case .other: "other"
        }
    }

    fileprivate init?(_ json: JSON) {
        let plain: [ColumnType] = [
            .id, .integer, .number, .boolean, .instant, .date, .json, .sealed,
        ]
        switch json["type"]?.asString {
        case "text":
            self = .text(max: json["max"]?.asInteger.flatMap { Int(exactly: $0) })
        case "choice":
            guard let words = json["values"]?.asList?.compactMap(\.asString), !words.isEmpty else {
                return nil
            }
            self = .choice(words.sorted())
        case let word:
            guard let type = plain.first(where: { $0.word == word }) else { return nil }
            self = type
        }
    }
}

extension IndexShape {
    fileprivate var json: JSON {
        var json: JSONObject = [
            "name": .string(name.name), "columns": .list(columns.map { .string($0.name) }),
        ]
        if isUnique { json["unique"] = true }
        if isOfLiving { json["living"] = true }
        return .object(json)
    }

    fileprivate init?(_ json: JSON) {
        guard let name = SQLIdentifier(json["name"]),
            let columns = json["columns"]?.asList?.map({ SQLIdentifier($0) }),
            !columns.contains(nil)
        else { return nil }
        self.init(
            name, columns.compactMap(\.self), isUnique: json["unique"]?.asBoolean ?? false,
            isOfLiving: json["living"]?.asBoolean ?? false)
    }
}

extension SQLIdentifier {
    fileprivate init?(_ json: JSON?) {
        guard let name = json?.asString, let identifier = try? SQLIdentifier(name) else {
            return nil
        }
        self = identifier
    }
}

extension SQLLiteral {
    fileprivate var json: JSON {
        switch kind {
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .boolean(let value): .boolean(value)
        }
    }

    fileprivate init?(_ json: JSON, for type: ColumnType) {
        switch type {
        case .integer: self.init(json, for: FieldType.integer)
        case .number: self.init(json, for: FieldType.number)
        case .boolean: self.init(json, for: FieldType.boolean)
        default: self.init(json, for: FieldType.text)
        }
    }
}
