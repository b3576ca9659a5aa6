import Coding
import HTTP

/// Where an operation's input fields stand in its document.
struct InputDocument {
    private(set) var parameters: [JSON] = []
    private(set) var body: JSON?

    init(_ route: DocumentedRoute, _ components: DocumentComponents) {
        let mounted = route.mounted
        let documentation = route.documentation
        let input = documentation.input
        parameters = documentation.output.requestFields.map(\.parameter)
        guard case .object(let properties, let required) = input.schema.kind else { return }
        let inPath = Set(
            mounted.path.split(separator: "/").filter { $0.first == ":" }
                .map { String($0.dropFirst()) })
        for property in properties
        where inPath.contains(property.name) || !mounted.route.takesBody {
            parameters.append(
                Self.parameter(
                    property, isInPath: inPath.contains(property.name),
                    isRequired: required.contains(property.name),
                    input.example[property.name], components))
        }
        guard mounted.route.takesBody else { return }
        if let form = mounted.route.options.form, let shape = documentation.form {
            body = form.json(shape)
            return
        }
        let own = input.without(inPath)
        body = Self.body(
            mounted.route.options.extras?.extending(own) ?? own, mounted.route.options, components)
    }

    private static func parameter(
        _ property: Schema.Property, isInPath: Bool, isRequired: Bool, _ example: JSON?,
        _ components: DocumentComponents
    ) -> JSON {
        var object: JSONObject = [
            "name": .string(property.name), "in": isInPath ? "path" : "query",
            "required": .boolean(isRequired),
        ]
        var schema = property.schema
        object["description"] = schema.description.map { .string($0) }
        (schema.description, schema.example) = (nil, nil)
        object["schema"] = components.output(schema)
        object["example"] = example
        return .object(object)
    }

    private static func body(
        _ input: SchemaExample, _ options: RouteOptions, _ components: DocumentComponents
    ) -> JSON? {
        guard case .object(let properties, let required) = input.schema.kind, !properties.isEmpty
        else { return nil }
        let schema = input.schema.ruled(by: options.rules)
        let content = options.accepts.map { type in
            // A form has no null, so its shape is not the one that JSON has.
            let shape = type == .json ? components.input(schema) : schema.json
            return (type.rawValue, JSON.object(["schema": shape, "example": input.example]))
        }
        return [
            "required": .boolean(!required.isEmpty), "content": .object(JSONObject(content)),
        ]
    }
}

extension SchemaExample {
    /// What is left for the body when the path has these.
    fileprivate func without(_ names: Set<String>) -> SchemaExample {
        guard case .object(let properties, let required) = schema.kind, !names.isEmpty else {
            return self
        }
        var schema = schema
        schema.kind = .object(
            properties: properties.filter { !names.contains($0.name) },
            required: required.filter { !names.contains($0) })
        let members = (example.asObject?.members ?? []).filter { !names.contains($0.name) }
        return SchemaExample(
            schema: schema, example: .object(JSONObject(members.map { ($0.name, $0.value) })))
    }
}

extension Schema {
    /// With what the program's settings demand of its fields.
    fileprivate func ruled(by rules: [FieldRule]) -> Schema {
        guard case .object(var properties, let required) = kind, !rules.isEmpty else {
            return self
        }
        for rule in rules {
            guard let schema = rule.schema,
                let index = properties.firstIndex(where: { $0.name == rule.field })
            else { continue }
            properties[index].schema = schema
        }
        var schema = self
        schema.kind = .object(properties: properties, required: required)
        return schema
    }
}
