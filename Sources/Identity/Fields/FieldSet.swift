import Coding
import SQL
import Values

/// The fields that an operator has added to users, or to sessions.
///
/// Values stand in the column `fields` of the row, among others that the program itself keeps there.
/// Where none are declared, that column is not read.
package struct FieldSet: Sendable {
    package let declarations: [FieldDeclaration]

    package init(_ declarations: [FieldDeclaration]) {
        self.declarations = declarations
    }

    package var isEmpty: Bool { declarations.isEmpty }

    /// What clients see, in the order of the declarations; nil where none are declared.
    package func shown(_ stored: JSONObject) -> JSONObject? {
        if isEmpty { return nil }
        return JSONObject(
            declarations.lazy.filter(\.isReturned).map { field in
                (field.name.text, stored[field.name.text] ?? field.default ?? .null)
            })
    }

    func shown(_ stored: JSONText) -> JSONObject? {
        if isEmpty { return nil }
        return shown((try? JSON(parsing: Array(stored.text.utf8)))?.asObject ?? [:])
    }
}
