import Coding
import HTTP

/// What the operations of a document have in common, each thing written once and referred to.
///
/// A shape stands under its type's name. What is read and what is written may differ, because our
/// reader takes null for a member that may be left out; only where a type is used for both and that
/// shows, the shape that is read has a name of its own.
final class DocumentComponents {
    let routes: [DocumentedRoute]
    private let additions: [String: [Schema.Property]]
    private var outputs = JSONObject()
    private var inputs = JSONObject()
    private var headers = JSONObject()
    private var answers = JSONObject()
    /// Names that two types have.
    private var conflicts: [String] = []

    /// Why a document cannot be made: its types have names that are not enough to tell them apart.
    struct NamesCollide: Error, CustomStringConvertible {
        let names: [String]
        var description: String {
            "two types have one name in the document: \(names.joined(separator: ", "))"
        }
    }

    /// All that is written has to be known before the first that is read.
    init(_ routes: [DocumentedRoute], _ additions: [String: [Schema.Property]] = [:]) {
        self.routes = routes
        self.additions = additions
        for route in routes {
            _ = output(route.mounted.errorSchema)
            let output = route.documentation.output
            for answer in [output] + output.alternatives {
                if let schema = answer.schema { _ = self.output(schema) }
            }
        }
    }

    // MARK: Schemas

    func output(_ schema: Schema) -> JSON { outputWriter.json(schema) }
    func input(_ schema: Schema) -> JSON { inputWriter.json(schema) }

    private var outputWriter: SchemaWriter {
        var writer = SchemaWriter()
        writer.reference = { [unowned self] schema in
            schema.name.map { Self.reference("schemas", register(schema, $0)) }
        }
        return writer
    }

    private var inputWriter: SchemaWriter {
        var writer = SchemaWriter()
        writer.takesNull = true
        writer.reference = { [unowned self] schema in
            schema.name.map { Self.reference("schemas", registerInput(schema, $0)) }
        }
        return writer
    }

    private func register(_ schema: Schema, _ name: String) -> String {
        let definition = outputWriter.definition(schema.adding(additions[name] ?? []))
        if let known = outputs[name], known != definition { conflicts.append(name) }
        outputs[name] = definition
        return name
    }

    private func registerInput(_ schema: Schema, _ name: String) -> String {
        let definition = inputWriter.definition(schema)
        if outputs[name] == definition { return name }
        let name = outputs[name] == nil ? name : name + "Input"
        if let known = inputs[name], known != definition { conflicts.append(name) }
        inputs[name] = definition
        return name
    }

    // MARK: Answers and headers

    /// An answer that many operations give alike; in place where this one is not like the first.
    func answer(_ json: JSON, named name: String) -> JSON {
        if let known = answers[name], known != json { return json }
        answers[name] = json
        return ["$ref": Self.reference("responses", name)]
    }

    /// The fields of an answer.
    func headers(_ fields: [FieldDocumentation]) -> JSON {
        .object(
            JSONObject(
                fields.map { field in
                    headers[field.componentName] = field.header
                    return (
                        field.name, ["$ref": Self.reference("headers", field.componentName)]
                    )
                }))
    }

    private static func reference(_ kind: String, _ name: String) -> JSON {
        .string("#/components/\(kind)/\(name)")
    }

    // MARK: All of it

    func json(_ schemes: [SecurityScheme]) throws -> JSON {
        guard conflicts.isEmpty else { throw NamesCollide(names: conflicts) }
        let schemas = (outputs.members + inputs.members).map { ($0.name, $0.value) }
        return [
            "schemas": .object(JSONObject(schemas.sorted { $0.0 < $1.0 })),
            "responses": .object(answers),
            "headers": .object(headers),
            "securitySchemes": .object(JSONObject(schemes.map { ($0.name, $0.json) })),
        ]
    }
}

extension Schema {
    /// With members that are there as settings say, so none of them is required.
    fileprivate func adding(_ additions: [Property]) -> Schema {
        guard !additions.isEmpty, case .object(let properties, let required) = kind else {
            return self
        }
        var schema = self
        schema.kind = .object(properties: properties + additions, required: required)
        return schema
    }
}

extension MountedRoute {
    /// The schema of its surface's errors, under a name.
    var errorSchema: Schema {
        let schema = surface.errors.schema
        return schema.name == nil ? schema.named(componentPrefix + "Error") : schema
    }

    /// What names begin with that belong to its surface alone.
    var componentPrefix: String { surface.name.prefix(1).uppercased() + surface.name.dropFirst() }
}

extension SecurityScheme {
    fileprivate var json: JSON {
        var object: JSONObject =
            switch kind {
            case .bearer(let format):
                ["type": "http", "scheme": "bearer", "bearerFormat": .string(format)]
            case .cookie(let name): ["type": "apiKey", "in": "cookie", "name": .string(name)]
            case .header(let name): ["type": "apiKey", "in": "header", "name": .string(name)]
            }
        if let about { object["description"] = .string(about) }
        return .object(object)
    }
}
