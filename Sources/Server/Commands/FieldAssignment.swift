import Coding
import Identity
import Values

/// `NAME=VALUE` as an operator writes it, for a field that the settings declare.
struct FieldAssignment {
    let checked: (field: FieldDeclaration, value: JSON)

    init(_ text: String?, _ fields: FieldSet) throws {
        guard let text, let equals = text.firstIndex(of: "=") else {
            throw UsageMistake("user set needs --field NAME=VALUE")
        }
        let name = String(text[..<equals])
        guard let field = fields.declarations.first(where: { $0.name.text == name }) else {
            throw UsageMistake(
                "auth.user.fields has no \(name)"
                    + Suggestion.text(for: name, among: fields.declarations.map(\.name.text)))
        }
        let value = String(text[text.index(after: equals)...])
        do throws(Invalid) {
            checked = (
                field, try field.check(value.isEmpty ? .null : .string(value), isLoose: true)
            )
        } catch {
            throw UsageMistake("\(name) \(SettingsWords.of(error))")
        }
    }
}
