import Values

/// The JSON that a type accepts and answers: what OpenAPI documents say about it, and what declared
/// resources are checked against.
package struct Schema: Hashable, Sendable {
    /// What a value may be, with the limits that its type states.
    package indirect enum Kind: Hashable, Sendable {
        case any
        /// Anything but null.
        case some
        case string(format: String?, length: ClosedRange<Int>?, pattern: String?)
        case integer(range: ClosedRange<Int64>?)
        case number(range: ClosedRange<Double>?)
        case boolean
        case instant
        case id
        case list(of: Schema, count: ClosedRange<Int>?)
        case object(properties: [Property], required: [String])
        /// An object whose names are not known beforehand.
        case dictionary(of: Schema)
        case enumeration([String])
        case nullable(Schema)
    }

    /// A member of an object, in the order of its declaration.
    package struct Property: Hashable, Sendable {
        package var name: String
        package var schema: Schema
        /// Whether the reader takes null only where the schema has it, also of a member that may be
        /// left out.
        package var isExact: Bool

        package init(_ name: String, _ schema: Schema, isExact: Bool = false) {
            self.name = name
            self.schema = schema
            self.isExact = isExact
        }
    }

    package var kind: Kind
    /// Made of the Swift type's name, for documents that keep shapes in one place.
    package var name: String?
    package var description: String?
    package var example: JSON?
    /// Whether an object has no other members than these: the reader refuses what it does not know.
    package var isClosed = false
    /// Whether the program gives the value, and nobody sets it.
    package var isReadOnly = false

    package init(
        _ kind: Kind, name: String? = nil, description: String? = nil, example: JSON? = nil
    ) {
        self.kind = kind
        self.name = name
        self.description = description
        self.example = example
    }
}

extension Schema {
    package static let any = Schema(.any)
    package static let boolean = Schema(.boolean)
    package static let integer = Schema(.integer(range: nil))
    package static let number = Schema(.number(range: nil))
    package static let string = Schema(.string(format: nil, length: nil, pattern: nil))
    package static let instant = Schema(.instant)
    package static let id = Schema(.id)

    package static func string(
        format: String? = nil, length: ClosedRange<Int>? = nil, pattern: String? = nil
    ) -> Schema {
        Schema(.string(format: format, length: length, pattern: pattern))
    }

    package static func integer(in range: ClosedRange<Int64>) -> Schema {
        Schema(.integer(range: range))
    }

    package static func number(in range: ClosedRange<Double>) -> Schema {
        Schema(.number(range: range))
    }

    package static func list(of element: Schema, count: ClosedRange<Int>? = nil) -> Schema {
        Schema(.list(of: element, count: count))
    }

    package static func dictionary(of value: Schema) -> Schema {
        Schema(.dictionary(of: value))
    }

    package static func enumeration(_ cases: [String]) -> Schema {
        Schema(.enumeration(cases))
    }

    package static func nullable(_ schema: Schema) -> Schema {
        if case .nullable = schema.kind { return schema }
        return Schema(.nullable(schema))
    }

    /// Every property is required that is not named as optional.
    package static func object(
        _ properties: KeyValuePairs<String, Schema>, optional: Set<String> = []
    ) -> Schema {
        Schema(
            .object(
                properties: properties.map { Property($0.key, $0.value) },
                required: properties.map(\.key).filter { !optional.contains($0) }))
    }

    /// The same schema under a name of its own in documents.
    package func named(_ name: String) -> Schema {
        var schema = self
        schema.name = name
        return schema
    }

    /// The same schema with words for the reader of the document.
    package func described(_ description: String, example: JSON? = nil) -> Schema {
        var schema = self
        schema.description = description
        if let example { schema.example = example }
        return schema
    }

    /// The same object without any other members.
    package var closed: Schema {
        var schema = self
        schema.isClosed = true
        return schema
    }

    /// The same schema of what nobody sets.
    package var readOnly: Schema {
        var schema = self
        schema.isReadOnly = true
        return schema
    }

    /// What a value of this schema is called in field errors.
    package var expected: Invalid.Kind {
        switch kind {
        case .any, .some, .object, .dictionary: .object
        case .string, .enumeration: .string
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .instant: .instant
        case .id: .id
        case .list: .list
        case .nullable(let schema): schema.expected
        }
    }
}
