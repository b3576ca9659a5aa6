/// A type's schema with a value of it to show, as JSON.
package struct SchemaExample: Sendable {
    package let schema: Schema
    package let example: JSON

    package init(schema: Schema, example: JSON) {
        self.schema = schema
        self.example = example
    }

    /// The example has all members, of values that their types give; see `Explained` for the rest.
    package init<Value: Codable>(of type: Value.Type) throws {
        let (schema, value) = try SchemaReader.read(type)
        self.init(
            schema: schema,
            example: schema.filled(try JSON(parsing: try JSONCoder.encode(value))))
    }
}

extension Schema {
    /// The value with the examples of its members' words in place of the zeros that the reader put.
    fileprivate func filled(_ value: JSON) -> JSON {
        if let example { return example }
        switch (kind, value) {
        case (.object(let properties, _), .object(var object)):
            for property in properties {
                let value = object[property.name] ?? property.schema.example
                object[property.name] = value.map(property.schema.filled)
            }
            return .object(object)
        case (.list(let element, _), .list(let list)):
            return .list(list.map(element.filled))
        case (.nullable(let schema), _): return value.isNull ? value : schema.filled(value)
        default: return value
        }
    }
}
