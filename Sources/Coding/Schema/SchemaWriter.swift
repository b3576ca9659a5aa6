/// Writes schemas as JSON Schema 2020-12, as OpenAPI 3.1 embeds it.
package struct SchemaWriter {
    /// Whether a member that may be left out may also be null: so our reader takes it, while what we
    /// write has no such member.
    package var takesNull = false
    /// Says where a schema with a name is described, for all who refer to it. Nil: in place.
    package var reference: (Schema) -> JSON? = { _ in nil }

    package init() {}

    package func json(_ schema: Schema) -> JSON {
        guard let reference = reference(schema) else { return .object(described(schema)) }
        return .object(described(schema, ["$ref": reference]))
    }

    /// The shape itself where others refer to it.
    package func definition(_ schema: Schema) -> JSON { .object(members(schema)) }

    private func described(_ schema: Schema, _ members: JSONObject? = nil) -> JSONObject {
        var object = members ?? self.members(schema)
        if let description = schema.description { object["description"] = .string(description) }
        if let example = schema.example { object["examples"] = .list([example]) }
        if schema.isReadOnly { object["readOnly"] = true }
        return object
    }

    private func members(_ schema: Schema) -> JSONObject {
        switch schema.kind {
        case .any: [:]
        case .some: ["type": ["object", "array", "string", "number", "boolean"]]
        case .boolean: ["type": "boolean"]
        case .instant: ["type": "string", "format": "date-time"]
        case .id: ["type": "string", "format": "uuid"]
        case .enumeration(let cases):
            ["type": "string", "enum": .list(cases.map { .string($0) })]
        case .integer(let range):
            bounded(
                "integer", "minimum", range.map { .integer($0.lowerBound) },
                "maximum", range.map { .integer($0.upperBound) })
        case .number(let range):
            bounded(
                "number", "minimum", range.flatMap { Self.end($0.lowerBound) },
                "maximum", range.flatMap { Self.end($0.upperBound) })
        case .string(let format, let length, let pattern): string(format, length, pattern)
        case .list(let element, let count): list(element, count)
        case .dictionary(let value): ["type": "object", "additionalProperties": json(value)]
        case .object(let properties, let required):
            object(properties, required, isClosed: schema.isClosed)
        case .nullable(let schema): nullable(schema)
        }
    }

    private func bounded(
        _ type: JSON, _ lowest: String, _ minimum: JSON?, _ highest: String, _ maximum: JSON?
    ) -> JSONObject {
        var object: JSONObject = ["type": type]
        object[lowest] = minimum
        object[highest] = maximum
        return object
    }

    /// Infinity is no end.
    private static func end(_ number: Double) -> JSON? { number.isFinite ? .number(number) : nil }

    private func string(
        _ format: String?, _ length: ClosedRange<Int>?, _ pattern: String?
    ) -> JSONObject {
        var object: JSONObject = ["type": "string"]
        object["format"] = format.map { .string($0) }
        object["minLength"] = length.map { .integer(Int64($0.lowerBound)) }
        object["maxLength"] = length.flatMap { $0.upperBound == .max ? nil : JSON($0.upperBound) }
        object["pattern"] = pattern.map { .string($0) }
        return object
    }

    private func list(_ element: Schema, _ count: ClosedRange<Int>?) -> JSONObject {
        var object: JSONObject = ["type": "array", "items": json(element)]
        object["minItems"] = count.map { JSON($0.lowerBound) }
        object["maxItems"] = count.flatMap { $0.upperBound == .max ? nil : JSON($0.upperBound) }
        return object
    }

    private func object(
        _ properties: [Schema.Property], _ required: [String], isClosed: Bool
    ) -> JSONObject {
        var object: JSONObject = ["type": "object"]
        object["properties"] = .object(
            JSONObject(
                properties.map { property in
                    let isExact = required.contains(property.name) || property.isExact
                    return (
                        property.name,
                        json(takesNull && !isExact ? property.schema.orNull : property.schema)
                    )
                }))
        if !required.isEmpty { object["required"] = .list(required.map { .string($0) }) }
        if isClosed { object["additionalProperties"] = false }
        return object
    }

    /// A type of its own gets a second one; what has none, or a list of values, an alternative.
    private func nullable(_ schema: Schema) -> JSONObject {
        if schema.kind == .some { return [:] }
        guard case .object(var object) = json(schema) else { return [:] }
        guard object["enum"] == nil, let type = object["type"] else {
            return object.isEmpty ? [:] : ["anyOf": [.object(object), ["type": "null"]]]
        }
        object["type"] = .list([type, "null"])
        return object
    }
}

extension Schema {
    /// JSON Schema, with all that it refers to in place.
    package var json: JSON { SchemaWriter().json(self) }

    /// Nullable, with its words where a reader looks for them: outside.
    fileprivate var orNull: Schema {
        if kind == .any { return self }
        var inner = self
        (inner.description, inner.example) = (nil, nil)
        var outer = Schema.nullable(inner)
        (outer.description, outer.example) = (description, example)
        return outer
    }
}

extension JSON {
    fileprivate init(_ value: Int) {
        self = .integer(Int64(value))
    }
}
