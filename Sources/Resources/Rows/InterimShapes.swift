import API
import Coding
import Identity
import Values

struct RowDraft: Sendable {
    var id: ID<ResourceRow>?
    var organization: ID<Organization>?
    var given: [GivenValue] = []
}

struct InterimShapes {
    let resource: Resource

    var reference: InputShape<RowDraft> {
        InputShape(SchemaExample(schema: .object(["id": .id]), example: ["id": "x"])) { input, _ in
            RowDraft(id: try Self.id(input))
        }
    }

    func body(isDraft: Bool) -> InputShape<RowDraft> {
        InputShape(
            SchemaExample(schema: isDraft ? .object([:]) : .object(["id": .id]), example: [:])
        ) { [resource] input, limits in
            guard case .json(let bytes) = input.body else {
                throw InvalidInput(fields: [])
            }
            let object = try JSON(parsing: bytes, limits: limits).asObject ?? [:]
            var draft = RowDraft()
            if !isDraft { draft.id = try Self.id(input) }
            var problems: [FieldError] = []
            if let text = object["organizationId"]?.asString { draft.organization = ID(text) }
            for field in resource.fields {
                guard let value = object[field.name] else {
                    if isDraft, field.declaration.isRequired {
                        problems.append(
                            FieldError(path: field.name, problem: .missing(expected: .string)))
                    }
                    continue
                }
                do { draft.given.append((field, try FieldValue(value, for: field))) } catch let problem as Invalid {
                    problems.append(FieldError(path: field.name, problem: problem))
                }
            }
            guard problems.isEmpty else { throw InvalidInput(fields: problems) }
            return draft
        }
    }

    private static func id(_ input: Coding.Input) throws -> ID<ResourceRow> {
        guard let text = input.path.first(where: { $0.name == "id" })?.text,
            let id = ID<ResourceRow>(text)
        else {
            throw InvalidInput(fields: [
                FieldError(source: .path, path: "id", problem: .malformed(.id))
            ])
        }
        return id
    }
}
