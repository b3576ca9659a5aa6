extension Schema {
    /// JSON Schema 2020-12, as OpenAPI 3.1 embeds it.
    package var json: JSON {
        var object = members
        if let description { object["description"] = .string(description) }
        if let example { object["examples"] = .list([example]) }
        return .object(object)
    }

    private var members: JSONObject {
        switch kind {
        case .any: [:]
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
                "number", "minimum", range.map { .number($0.lowerBound) },
                "maximum", range.map { .number($0.upperBound) })
        case .string(let format, let length, let pattern):
            Self.string(format, length, pattern)
        case .list(let element, let count):
            Self.list(element, count)
        case .dictionary(let value):
            ["type": "object", "additionalProperties": value.json]
        case .object(let properties, let required):
            Self.object(properties, required)
        case .nullable(let schema):
            Self.nullable(schema)
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

    private static func string(
        _ format: String?, _ length: ClosedRange<Int>?, _ pattern: String?
    ) -> JSONObject {
        var object: JSONObject = ["type": "string"]
        object["format"] = format.map { .string($0) }
        object["minLength"] = length.map { .integer(Int64($0.lowerBound)) }
        object["maxLength"] = length.flatMap { $0.upperBound == .max ? nil : JSON($0.upperBound) }
        object["pattern"] = pattern.map { .string($0) }
        return object
    }

    private static func list(_ element: Schema, _ count: ClosedRange<Int>?) -> JSONObject {
        var object: JSONObject = ["type": "array", "items": element.json]
        object["minItems"] = count.map { JSON($0.lowerBound) }
        object["maxItems"] = count.flatMap { $0.upperBound == .max ? nil : JSON($0.upperBound) }
        return object
    }

    private static func object(_ properties: [Property], _ required: [String]) -> JSONObject {
        var object: JSONObject = ["type": "object"]
        object["properties"] = .object(
            JSONObject(properties.map { ($0.name, $0.schema.json) }))
        if !required.isEmpty { object["required"] = .list(required.map { .string($0) }) }
        return object
    }

    /// A type of its own gets a second one; what has none, or a list of values, an alternative.
    private static func nullable(_ schema: Schema) -> JSONObject {
        guard case .object(var object) = schema.json else { return [:] }
        guard object["enum"] == nil, let type = object["type"] else {
            return schema.kind == .any ? [:] : ["anyOf": [.object(object), ["type": "null"]]]
        }
        object["type"] = .list([type, "null"])
        return object
    }
}

extension JSON {
    fileprivate init(_ value: Int) {
        self = .integer(Int64(value))
    }
}
