/// Reads the schema of a type off its `init(from:)`, the very code that reads requests, so that the
/// two cannot differ: which members it asks for, of which types, and which may be missing.
///
/// An example comes with it. Types with rules of their own must be `SchemaValue`, enumerations
/// `CaseIterable`. A type that holds itself has no schema here.
package enum SchemaReader {
    package static func read<Value: Decodable>(
        _ type: Value.Type
    ) throws -> (schema: Schema, example: Value) {
        try read(type, within: [])
    }

    static func read<Value: Decodable>(
        _ type: Value.Type, within outer: [ObjectIdentifier]
    ) throws -> (schema: Schema, example: Value) {
        if let known = type as? any SchemaValue.Type, let example = exampleOrFirstCase(of: type) {
            return (known.schema, example)
        }
        if let cases = caseNames(of: type), let first = exampleOrFirstCase(of: type) {
            return (Schema(.enumeration(cases), name: SchemaName.of(type)), first)
        }
        guard !outer.contains(ObjectIdentifier(type)) else {
            throw SchemaError.recursive(name(of: type))
        }
        let shape = SchemaShape(within: outer + [ObjectIdentifier(type)])
        do {
            let example = try Value(from: SchemaProbe(shape: shape))
            let schema = shape.schema(named: SchemaName.of(type))
            return (try schema.explained(by: type), example)
        } catch let error as SchemaError {
            throw error
        } catch {
            throw SchemaError.noExample(name(of: type))
        }
    }

    private static func name(of type: Any.Type) -> String { String(describing: type) }
}

/// A type whose schema cannot be read. A mistake of the program, found when it starts.
package enum SchemaError: Error, Hashable, Sendable {
    case recursive(String)
    /// Its initializer refuses the examples of its members: let it conform to `SchemaValue`.
    case noExample(String)
    /// It explains a member that it does not have.
    case unknownMember(String)
    /// It asks for something that has no JSON of its own, such as a superclass.
    case unsupported(String)
}

extension Schema {
    /// With the words that the type has for its members.
    fileprivate func explained(by type: Any.Type) throws -> Schema {
        guard let words = (type as? any Explained.Type)?.words,
            case .object(var properties, let required) = kind
        else { return self }
        for (name, words) in words {
            guard let index = properties.firstIndex(where: { $0.name == name }) else {
                throw SchemaError.unknownMember("\(type).\(name)")
            }
            let schema = properties[index].schema
            properties[index].schema = schema.described(words.text, example: words.example)
        }
        var schema = self
        schema.kind = .object(properties: properties, required: required)
        return schema
    }
}

/// What a type has asked for so far.
final class SchemaShape {
    enum Kind {
        case nothing, members, elements, names
        case value(Schema)
    }

    let outer: [ObjectIdentifier]
    var kind = Kind.nothing
    var isNullable = false
    private var properties: [(name: String, shape: SchemaShape)] = []
    private var optional: Set<String> = []

    init(within outer: [ObjectIdentifier]) {
        self.outer = outer
    }

    func child() -> SchemaShape { SchemaShape(within: outer) }

    func insert(_ name: String, _ shape: SchemaShape) {
        if let index = properties.firstIndex(where: { $0.name == name }) {
            properties[index].shape = shape
        } else {
            properties.append((name, shape))
        }
    }

    func markOptional(_ name: String) { optional.insert(name) }

    func schema(named name: String? = nil) -> Schema {
        let schema: Schema
        switch kind {
        case .value(let value): schema = value
        case .elements: schema = .list(of: properties.first?.shape.schema() ?? .any)
        case .names: schema = .dictionary(of: properties.first?.shape.schema() ?? .any)
        case .nothing, .members:
            schema = Schema(
                .object(
                    properties: properties.map { .init($0.name, $0.shape.schema()) },
                    required: properties.map(\.name).filter { !optional.contains($0) }),
                name: name)
        }
        return isNullable ? .nullable(schema) : schema
    }
}
