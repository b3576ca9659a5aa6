import Coding
import Values

/// What the API's document says of a field, and a value of it to show.
struct FieldShape {
    let field: Resource.Field

    private var declared: ResourceField { field.declaration }

    init(_ field: Resource.Field) {
        self.field = field
    }

    /// As rows have it, with its words.
    var schema: Schema {
        let schema = declared.allowsNull ? Schema.nullable(plain) : plain
        return words.map { schema.described($0) } ?? schema
    }

    private var words: String? {
        if let description = declared.description { return description }
        return declared.reference.map { "The id of a row of `\($0.resource)`." }
    }

    private var plain: Schema {
        switch declared.type {
        case .text:

            .string(length: declared.textLength, pattern: field.pattern?.anchoredText)
        case .email: EmailAddress.schema
        case .url:
            .string(
                format: "uri", length: 8...URLText.lengthMax,
                pattern: URLText.pattern?.anchoredText)
        case .date: .string(format: "date")
        case .enumeration: .enumeration(declared.values)
        case .number: .number(in: lowest...highest)
        case .integer:
            .integer(in: (Int64(exactly: lowest) ?? .min)...(Int64(exactly: highest) ?? .max))
        case .boolean: .boolean
        case .instant: .instant
        case .json: Schema(.some)
        case .reference: .id
        }
    }

    private var lowest: Double { declared.range?.min ?? -.infinity }
    private var highest: Double { declared.range?.max ?? .infinity }

    // MARK: A value

    var example: JSON {
        if let value = declared.defaultValue { return value }
        switch declared.type {
        case .text: return .string(textExample)
        case .email: return .string(EmailAddress.example.text)
        case .url: return "https://example.com/ada"
        case .date: return "2026-01-31"
        case .enumeration: return declared.values.first.map { .string($0) } ?? .null
        case .number: return .number(min(max(1.5, lowest), highest))
        case .integer:
            let number = min(max(1, lowest), highest)
            return Int64(exactly: number).map { .integer($0) } ?? 1
        case .boolean: return true
        case .instant: return .string(Instant.example.description)
        case .json: return ["key": "value"]
        case .reference: return .string(ID<ResourceRow>.example.description)
        }
    }

    /// The field's name as a word, cut or repeated to its length.
    private var textExample: String {
        let length = declared.textLength ?? 1...textExampleMax
        if let pattern = field.pattern { return pattern.example(length: length) ?? "" }
        var text = field.name.words
        while text.count < length.lowerBound { text += " " + field.name.words }
        return String(text.prefix(length.upperBound))
    }

    private var textExampleMax: Int { 100 }
}

extension String {
    /// `firstName` is `First name`.
    fileprivate var words: String {
        let words = reduce(into: "") { text, character in
            text += character.isUppercase ? " " + character.lowercased() : String(character)
        }
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
