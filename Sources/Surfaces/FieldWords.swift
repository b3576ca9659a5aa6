import API
import Coding
import Values

/// What is wrong with a field, in words a person can show to a user.
enum FieldWords {
    /// V1's words, with those that its specification gives (S3-16).
    static func v1(_ error: FieldError) -> ErrorAnswer.Field {
        ErrorAnswer.Field(
            path: error.path, code: code(error.problem),
            message: special(error) ?? message(error.problem))
    }

    private static func special(_ error: FieldError) -> String? {
        switch (error.path, error.problem) {
        case (_, .malformed(.email)): "Invalid email format"
        case ("password", .tooShort(let min)), ("newPassword", .tooShort(let min)):
            "Password must be at least \(min) characters"
        case ("password", .tooLong(let max)), ("newPassword", .tooLong(let max)):
            "Password must be at most \(max) characters"
        default: nil
        }
    }

    static func code(_ problem: Invalid) -> String {
        switch problem {
        case .missing: "REQUIRED"
        case .wrongType: "WRONG_TYPE"
        case .tooShort: "TOO_SHORT"
        case .tooLong: "TOO_LONG"
        case .tooSmall: "TOO_SMALL"
        case .tooBig: "TOO_BIG"
        case .notOneOf: "NOT_ONE_OF"
        case .malformed: "INVALID_FORMAT"
        case .unknown, .misspelt: "UNKNOWN_FIELD"
        case .rule(let name): name.replacing(".", with: "_").uppercased()
        }
    }

    static func message(_ problem: Invalid) -> String {
        switch problem {
        case .missing: "Is required"
        case .wrongType(let expected, _): "Must be \(article(expected))"
        case .tooShort(let min): "Must be at least \(min) characters"
        case .tooLong(let max): "Must be at most \(max) characters"
        case .tooSmall(let min): "Must be at least \(number(min))"
        case .tooBig(let max): "Must be at most \(number(max))"
        case .notOneOf(let values): "Must be one of: \(values.joined(separator: ", "))"
        case .malformed(.text): "Must not have control characters"
        case .malformed(let format): "Must be a valid \(format.rawValue)"
        case .unknown: "Is not a field of this request"
        case .misspelt(let meant): "Is not a field of this request: is \(meant) meant?"
        case .rule("password.uppercase"): "Password must contain uppercase letter"
        case .rule("password.number"): "Password must contain number"
        case .rule("scope.syntax"): "Must look like users:read"
        case .rule("topics.syntax"):
            "Must be topics such as resources/items, separated by commas, 20 at most"
        case .rule("positions.syntax"): "Must be the id of an event"
        case .rule("scopes.count"): "Must be fewer scopes"
        case .rule("field.syntax"): "Must be a letter, then letters, digits and underscores"
        case .rule("slug.syntax"):
            "Must be lower-case letters, digits and single hyphens between them"
        case .rule("slug.reserved"): "Is reserved"
        case .rule(let name) where name.hasPrefix("list."): list(name)
        case .rule("field.pattern"): "Does not have the form that is asked for"
        case .rule("reference.missing"): "Is not there"
        case .rule(let name) where name.hasPrefix("svg."): svg(name)
        case .rule("attachments.count"): "Must be fewer"
        case .rule("settings.size"): "Must be 50 members and 8 KB at most"
        case .rule("color.syntax"): "Must look like #2a5bd7"
        case .rule("font.syntax"): "Must be letters, digits, spaces and hyphens"
        case .rule("font.weight"): "Must be a multiple of 100"
        case .rule("categories.none"): "Must name one at least"
        case .rule("form.twice"): "Must not be there twice"
        case .rule: "Is not allowed"
        }
    }

    /// What can be wrong with the parameters of a list.
    private static func list(_ rule: String) -> String {
        switch rule {
        case "list.twice": "Must not be there twice"
        case "list.start": "Cannot be given together with another of page, offset and cursor"
        case "list.cursor": "Must be the nextCursor of a list that is sorted the same"
        case "list.sort": "Must be fewer fields"
        case "list.values": "Must be fewer values"
        default: "Is not allowed"
        }
    }

    /// What can be wrong with a drawing.
    private static func svg(_ rule: String) -> String {
        switch rule {
        case "svg.declares": "Must not declare entities or a document type"
        case "svg.size": "Has too many elements, or too many within one another"
        case "svg.empty": "Has nothing to see"
        default: "Must be an SVG drawing"
        }
    }

    private static func article(_ kind: Invalid.Kind) -> String {
        switch kind {
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .object: "an object"
        case .instant: "a date and time"
        case .id: "an id"
        case .null: "null"
        case .string, .number, .list: "a \(kind.rawValue)"
        }
    }

    static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
