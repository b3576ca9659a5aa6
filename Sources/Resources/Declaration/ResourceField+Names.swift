import SQL
import Values

extension ResourceDeclaration {
    var tableName: SQLIdentifier {
        get throws(Invalid) { try SQLIdentifier(table ?? name) }
    }
}

extension ResourceField {
    /// The name in the API: a reference says that it is an id.
    var apiName: String { type == .reference ? name + "Id" : name }

    var column: SQLIdentifier {
        get throws(Invalid) { try DeclaredName.column(apiName) }
    }

    var formerColumn: SQLIdentifier? {
        get throws(Invalid) {
            guard let formerName else { return nil }
            return try DeclaredName.column(type == .reference ? formerName + "Id" : formerName)
        }
    }
}

extension Resource.Field {
    /// Nil for a field that was not checked.
    convenience init?(_ field: ResourceField) {
        guard let column = try? field.column else { return nil }
        self.init(
            declaration: field, name: field.apiName, column: column,
            formerColumn: (try? field.formerColumn) ?? nil,
            pattern: field.pattern.flatMap { try? Pattern($0) })
    }
}
