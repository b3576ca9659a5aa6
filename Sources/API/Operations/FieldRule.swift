import Coding
import Values

/// A rule for a text field of the body that depends on the program's settings and so cannot be part of
/// the field's type. It is checked together with the types, so that all errors come in one answer.
package struct FieldRule: Sendable {
    let field: String
    /// The same rule for the API's document, in place of what the type says there.
    let schema: Schema?
    let check: (@Sendable (String) -> [Invalid])?

    /// Without a check the operation looks after the rule by itself, and the document shows it.
    package init(
        _ field: String, schema: Schema? = nil, check: (@Sendable (String) -> [Invalid])? = nil
    ) {
        self.field = field
        self.schema = schema
        self.check = check
    }

    func problems(in input: Input) throws -> [FieldError] {
        guard let check, let text = try input.bodyMember(field)?.asString else { return [] }
        return check(text).map { FieldError(path: field, problem: $0) }
    }
}

extension Input {
    /// A member of the body, read before its type is known. Throws `JSONSyntaxError` where the body is
    /// not well-formed.
    package func bodyMember(_ name: String) throws -> JSON? {
        switch body {
        case .none: return nil
        case .json(let bytes): return bytes.isEmpty ? nil : try JSON(parsing: bytes)[name]
        case .tree(let tree), .looseTree(let tree): return tree[name]
        case .form(let bytes):
            let fields = try? FormURLEncoded.decode(bytes)
            return fields?.first { $0.name == name }.map { .string($0.text) }
        }
    }
}
