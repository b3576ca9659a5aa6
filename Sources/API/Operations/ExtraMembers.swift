import Coding
import Values

/// Members of the body that the program's settings declare, beside those of the operation's input
/// type. They are read and checked with it, so that all errors come in one answer; the operation finds
/// them with `Call.extraMembers`.
package struct ExtraMembers: Sendable {
    package typealias Member = DeclaredMembers<JSON>.Member
    package typealias Check = DeclaredMembers<JSON>.Check

    private let members: DeclaredMembers<JSON>
    /// The member of the body that holds them. Nil: the body itself.
    private let container: String?

    package init(_ members: [Member], in container: String? = nil) {
        self.members = DeclaredMembers(members)
        self.container = container
    }

    func read(_ body: Coding.Input.Body) throws -> DeclaredMembers<JSON>.Found {
        // Where the body is not even an object, the type says so.
        guard let whole = try body.tree().asObject else { return .init() }
        guard let container else { return try members.read(whole, isLoose: body.isLoose) }
        switch whole[container] {
        case .object(let object)?: return try read(object, isLoose: body.isLoose, in: container)
        case nil, .null?: return try read([:], isLoose: body.isLoose, in: container)
        case let other?:
            var found = DeclaredMembers<JSON>.Found()
            found.problems.append(
                FieldError(
                    path: container,
                    problem: .wrongType(expected: .object, received: other.kind)))
            return found
        }
    }

    /// A name that was spelt wrongly is an error here. At the top of the body others are passed over,
    /// as ever.
    private func read(
        _ object: JSONObject, isLoose: Bool, in container: String
    ) throws -> DeclaredMembers<JSON>.Found {
        let path = container + "."
        var found = try members.read(object, isLoose: isLoose, at: path)
        found.problems += members.unknown(in: object, at: path)
        return found
    }

    /// The input's shape with them.
    func extending(_ input: SchemaExample) -> SchemaExample {
        guard case .object(var properties, var required) = input.schema.kind,
            case .object(var example) = input.example
        else { return input }
        let own = members.shape
        guard case .object(let added, let needed) = own.schema.kind else { return input }
        if let container {
            properties.append(Schema.Property(container, own.schema))
            if !needed.isEmpty { required.append(container) }
            example[container] = own.example
        } else {
            properties += added
            required += needed
            for member in own.example.asObject?.members ?? [] {
                example[member.name] = member.value
            }
        }
        var schema = input.schema
        schema.kind = .object(properties: properties, required: required)
        return SchemaExample(schema: schema, example: .object(example))
    }
}

extension DeclaredMembers<JSON>.Found {
    var object: JSONObject { JSONObject(values.lazy.map { ($0.name, $0.value) }) }
}

extension Coding.Input.Body {
    /// Whether numbers and truth values come as texts.
    package var isLoose: Bool {
        switch self {
        case .form, .looseTree: true
        case .none, .json, .tree: false
        }
    }

    /// The body as a tree: without any text an object of no members, of a broken form null. Throws
    /// `JSONSyntaxError`.
    package func tree(_ limits: JSONLimits = JSONLimits()) throws -> JSON {
        switch self {
        case .none: return .object([:])
        case .json(let bytes):
            return bytes.isEmpty ? .object([:]) : try JSON(parsing: bytes, limits: limits)
        case .tree(let tree), .looseTree(let tree): return tree
        case .form(let bytes):
            let fields = try? FormURLEncoded.decode(bytes)
            return fields.map { fields in
                .object(JSONObject(fields.map { ($0.name, .string($0.text)) }))
            } ?? .null
        }
    }
}
