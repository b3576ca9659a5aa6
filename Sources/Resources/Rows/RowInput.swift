import API
import Coding
import Identity
import Values

/// How the bodies and paths of a resource's operations are read: by the rules of its fields, with
/// all that is wrong told at once, members included that the resource does not have.
package struct RowInput: Sendable {
    private let resource: Resource

    package init(_ resource: Resource) {
        self.resource = resource
    }

    /// A row by its id in the path.
    package var reference: InputShape<RowReference> {
        InputShape(Self.referenceShape(resource)) { input, _ in
            let (id, problems) = Self.id(in: input)
            guard let id else { throw InvalidInput(fields: problems) }
            return RowReference(id: id)
        }
    }

    /// `ItemDraft`: defaults are filled in, and what is required and missing is told.
    package var draft: InputShape<RowDraft> {
        let members = DeclaredMembers(
            (resource.owner == .organization ? [Self.organization] : [])
                + resource.fields.enumerated().map { Self.drafted($1, at: $0) })
        let count = resource.fields.count
        return InputShape(shape(members, "Draft")) { input, limits in
            let (parts, problems) = try Self.parts(in: input, members, limits)
            guard problems.isEmpty else { throw InvalidInput(fields: problems) }
            var draft = RowDraft(values: Array(repeating: .null, count: count))
            for part in parts {
                switch part {
                case .value(let index, let value): draft.values[index] = value
                case .organization(let id): draft.organizationID = id
                }
            }
            return draft
        }
    }

    /// `ItemChange`: only what is given. Null empties what may be empty.
    package var change: InputShape<RowChange> {
        let members = DeclaredMembers(
            resource.fields.enumerated().map { Self.changed($1, at: $0) })
        let path = Self.referenceShape(resource)
        return InputShape(path.extended(by: shape(members, "Change"))) { input, limits in
            let (id, badID) = Self.id(in: input)
            let (parts, problems) = try Self.parts(in: input, members, limits)
            guard let id, problems.isEmpty else { throw InvalidInput(fields: badID + problems) }
            return RowChange(id: id, values: parts.compactMap(\.indexed))
        }
    }

    // MARK: Members

    /// What a member of a body gives.
    private enum Part: Sendable {
        case value(Int, FieldValue)
        case organization(ID<Organization>)

        var indexed: (index: Int, value: FieldValue)? {
            if case .value(let index, let value) = self { (index, value) } else { nil }
        }
    }

    private typealias Members = DeclaredMembers<Part>

    private static func drafted(_ field: Resource.Field, at index: Int) -> Members.Member {
        let (shape, declared) = (FieldShape(field), field.declaration)
        let standard = declared.defaultValue.flatMap { try? FieldValue($0, for: field) }
        let isRequired = declared.isRequired || (standard == nil && !declared.allowsNull)
        return Members.Member(
            field.name, shape.schema, example: shape.example, isRequired: isRequired
        ) { value, _ in
            if let value { return .value(index, try FieldValue(value, for: field)) }
            if isRequired { throw Invalid.missing(expected: declared.type.kind) }
            return standard.map { .value(index, $0) }
        }
    }

    private static func changed(_ field: Resource.Field, at index: Int) -> Members.Member {
        let shape = FieldShape(field)
        return Members.Member(field.name, shape.schema, example: shape.example) { value, _ in
            try value.map { .value(index, try FieldValue($0, for: field)) }
        }
    }

    private static let organization = Members.Member(
        "organizationId",
        Schema.id.described(
            "Whose row it shall be. Left out: the session's active organization, or that of the "
                + "API key."),
        example: .string(ID<Organization>.example.description)
    ) { value, _ in
        guard let value else { return nil }
        guard let text = value.asString else {
            throw Invalid.wrongType(expected: .id, received: value.kind)
        }
        guard let id = ID<Organization>(text) else { throw Invalid.malformed(.id) }
        return .organization(id)
    }

    // MARK: Reading

    private static func parts(
        in input: Coding.Input, _ members: Members, _ limits: JSONLimits
    ) throws -> ([Part], [FieldError]) {
        let body = try input.body.tree(limits)
        guard let object = body.asObject else {
            return (
                [],
                [FieldError(path: "", problem: .wrongType(expected: .object, received: body.kind))]
            )
        }
        let found = try members.read(object)
        if let refusal = found.refusal { throw refusal }
        return (found.values.map(\.value), found.problems + members.unknown(in: object))
    }

    private static func id(in input: Coding.Input) -> (ID<ResourceRow>?, [FieldError]) {
        let text = input.path.first { $0.name == "id" }?.text
        if let id = text.flatMap({ ID<ResourceRow>($0) }) { return (id, []) }
        return (nil, [FieldError(source: .path, path: "id", problem: .malformed(.id))])
    }

    // MARK: Shapes

    private static func referenceShape(_ resource: Resource) -> SchemaExample {
        SchemaExample(
            schema: .object(["id": .id.described(RowShapes.idWords(resource))]),
            example: ["id": .string(ID<ResourceRow>.example.description)])
    }

    private func shape(_ members: Members, _ ending: String) -> SchemaExample {
        let shape = members.shape
        return SchemaExample(
            schema: shape.schema.closed.named(resource.declaration.shapeName + ending),
            example: shape.example)
    }
}

extension SchemaExample {
    /// These members, then those of a body, under the body's name.
    fileprivate func extended(by body: SchemaExample) -> SchemaExample {
        guard case .object(let own, let required) = schema.kind,
            case .object(let properties, let needed) = body.schema.kind
        else { return body }
        var schema = body.schema
        schema.kind = .object(properties: own + properties, required: required + needed)
        let members = [example, body.example].flatMap { $0.asObject?.members ?? [] }
        return SchemaExample(
            schema: schema, example: .object(JSONObject(members.map { ($0.name, $0.value) })))
    }
}
