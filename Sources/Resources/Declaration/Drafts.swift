import Coding

/// A resource as it stands in a file, read before it is checked. What has names of its own inside is
/// read later, in the order in which it is written.
struct ResourceDraft: Decodable {
    let name: String
    let title: String?
    let table: String?
    let owner: ResourceDeclaration.Owner?
    let delete: ResourceDeclaration.Deletion?
    let fields: JSON
    let relations: JSON?
    let search: [String]?
    let sort: [String]?
    let filter: [String]?
    let rules: JSON?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, title, table, owner, delete, fields, relations, search, sort, filter, rules
    }
}

/// A field as it stands in a file.
struct FieldDraft: Decodable {
    let type: FieldType
    let description: String?
    let required: Bool?
    let nullable: Bool?
    let unique: Bool?
    let pii: Bool?
    let length: [Int]?
    let range: [Double?]?
    let pattern: String?
    let values: [String]?
    let resource: String?
    let onDelete: ResourceField.Dependents?
    let was: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case type, description, required, nullable, unique, pii, length, range, pattern, values
        case resource, onDelete, was
        // Read apart: null is a default, too.
        case standard = "default"
    }

    init(from decoder: any Decoder) throws {
        let draft = try decoder.container(keyedBy: CodingKeys.self)
        type = try draft.decode(FieldType.self, forKey: .type)
        description = try draft.decodeIfPresent(String.self, forKey: .description)
        required = try draft.decodeIfPresent(Bool.self, forKey: .required)
        nullable = try draft.decodeIfPresent(Bool.self, forKey: .nullable)
        unique = try draft.decodeIfPresent(Bool.self, forKey: .unique)
        pii = try draft.decodeIfPresent(Bool.self, forKey: .pii)
        length = try draft.decodeIfPresent([Int].self, forKey: .length)
        range = try draft.decodeIfPresent([Double?].self, forKey: .range)
        pattern = try draft.decodeIfPresent(String.self, forKey: .pattern)
        values = try draft.decodeIfPresent([String].self, forKey: .values)
        resource = try draft.decodeIfPresent(String.self, forKey: .resource)
        onDelete = try draft.decodeIfPresent(ResourceField.Dependents.self, forKey: .onDelete)
        was = try draft.decodeIfPresent(String.self, forKey: .was)
        _ = try draft.decodeIfPresent(JSON.self, forKey: .standard)
    }
}

/// A relation as it stands in a file.
struct RelationDraft: Decodable {
    let resource: String
    let field: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case resource, field
    }
}
