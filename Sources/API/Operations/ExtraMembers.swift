import Coding
import Values

/// Members of the body that the program's settings declare, beside those of the operation's input
/// type. They are read and checked with it, so that all errors come in one answer; the operation finds
/// them with `Call.extraMembers`.
package struct ExtraMembers: Sendable {
    /// What is read of a member: the value to take, nil to pass it over. Called with nil for one that
    /// is absent. May throw `Invalid`, or a `Failure` of the operation.
    package typealias Check =
        @Sendable (_ value: JSON?, _ isLoose: Bool) throws -> JSON?

    /// One member.
    package struct Member: Sendable {
        let name: String
        let schema: Schema
        let example: JSON
        let isRequired: Bool
        /// One that is only looked at to refuse it: the document does not have it.
        let isRefused: Bool
        let check: Check

        package init(
            _ name: String, _ schema: Schema, example: JSON, isRequired: Bool = false,
            isRefused: Bool = false, check: @escaping Check
        ) {
            (self.name, self.schema, self.example) = (name, schema, example)
            (self.isRequired, self.isRefused, self.check) = (isRequired, isRefused, check)
        }
    }

    let members: [Member]
    /// The member of the body that holds them. Nil: the body itself.
    let container: String?

    package init(_ members: [Member], in container: String? = nil) {
        (self.members, self.container) = (members, container)
    }

    /// What was found, and all that is wrong with it.
    struct Found {
        var values: JSONObject = [:]
        var problems: [FieldError] = []
        var refusal: Failure?
    }

    func read(_ body: Coding.Input.Body) throws -> Found {
        var found = Found()
        guard let source = try object(in: body, &found) else { return found }
        for member in members {
            do {
                if let value = try member.check(source[member.name], body.isLoose) {
                    found.values[member.name] = value
                }
            } catch let problem as Invalid {
                found.problems.append(FieldError(path: path(member.name), problem: problem))
            } catch let failure as Failure {
                found.refusal = found.refusal ?? failure
            }
        }
        if container != nil { found.problems += unknown(in: source) }
        return found
    }

    /// What holds the members. Where the body is not even an object, the type says so.
    private func object(
        in body: Coding.Input.Body, _ found: inout Found
    ) throws -> JSONObject? {
        guard let whole = try body.object() else { return nil }
        guard let container else { return whole }
        switch whole[container] {
        case .object(let object)?: return object
        case nil, .null?: return [:]
        case let other?:
            found.problems.append(
                FieldError(
                    path: container,
                    problem: .wrongType(expected: .object, received: other.kind)))
            return nil
        }
    }

    private func path(_ name: String) -> String { (container.map { $0 + "." } ?? "") + name }

    /// A name that was spelt wrongly. At the top of the body others are passed over, as ever.
    private func unknown(in source: JSONObject) -> [FieldError] {
        let known = Set(members.map(\.name))
        return source.names.filter { !known.contains($0) }.map {
            FieldError(path: path($0), problem: .unknown)
        }
    }

    /// The input's shape with them.
    func extending(_ input: SchemaExample) -> SchemaExample {
        guard case .object(var properties, var required) = input.schema.kind,
            case .object(var example) = input.example
        else { return input }
        let members = members.filter { !$0.isRefused }
        let own = SchemaExample(
            schema: Schema(
                .object(
                    properties: members.map { Schema.Property($0.name, $0.schema) },
                    required: members.filter(\.isRequired).map(\.name))),
            example: .object(JSONObject(members.map { ($0.name, $0.example) })))
        if let container {
            properties.append(Schema.Property(container, own.schema))
            if members.contains(where: \.isRequired) { required.append(container) }
            example[container] = own.example
        } else {
            properties += members.map { Schema.Property($0.name, $0.schema) }
            required += members.filter(\.isRequired).map(\.name)
            for member in members { example[member.name] = member.example }
        }
        var schema = input.schema
        schema.kind = .object(properties: properties, required: required)
        return SchemaExample(schema: schema, example: .object(example))
    }
}

extension Coding.Input.Body {
    /// Whether numbers and truth values come as texts.
    fileprivate var isLoose: Bool {
        switch self {
        case .form, .looseTree: true
        case .none, .json, .tree: false
        }
    }

    /// The body as a tree; nil where it is no object. Throws `JSONSyntaxError`.
    fileprivate func object() throws -> JSONObject? {
        switch self {
        case .none: [:]
        case .json(let bytes): bytes.isEmpty ? [:] : try JSON(parsing: bytes).asObject
        case .tree(let tree), .looseTree(let tree): tree.asObject
        case .form(let bytes):
            (try? FormURLEncoded.decode(bytes)).map { fields in
                JSONObject(fields.map { ($0.name, .string($0.text)) })
            }
        }
    }
}
