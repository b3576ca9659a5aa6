import API
import Coding
import Values

/// What the API's document says of a resource: the shapes of its rows, with examples.
///
/// `Item` is a row by itself. Where there are relations or references, `ItemDetail` is a row with
/// what belongs to it. `ItemDraft` and `ItemChange` are what is sent, see `RowInput`.
package struct RowShapes: Sendable {
    package let resource: Resource
    /// A row by itself.
    package let row: SchemaExample
    /// A row with its relations: what reading one answers.
    package let detail: SchemaExample
    /// A page of a list.
    package let page: SchemaExample

    package init(_ resource: Resource, in catalog: ResourceCatalog) {
        self.resource = resource
        row = Self.row(of: resource)
        detail = Self.detail(of: resource, row, catalog)
        page = Self.page(of: resource, detail)
    }

    /// Names that the resource's shapes and operations have in the document.
    static func names(of resource: ResourceDeclaration) -> [String] {
        let shapes = ["", "Detail", "Page", "Draft", "Change"].map { resource.shapeName + $0 }
        return shapes.contains(resource.listName) ? shapes : shapes + [resource.listName]
    }

    /// The words about a row's id, which lead from answers to the operations that take it.
    static func idWords(_ resource: Resource) -> String {
        "Which row of `\(resource.name)` it is."
    }

    // MARK: A row

    private static func row(of resource: Resource) -> SchemaExample {
        var members = [Member("id", Schema.id.described(idWords(resource)).readOnly, id)]
        if resource.owner == .organization {
            let words = "The organization whose row it is."
            members.append(Member("organizationId", Schema.id.described(words).readOnly, id))
        }
        if resource.owner != .none { members.append(user(of: resource)) }
        members += resource.fields.map { field in
            let shape = FieldShape(field)
            return Member(field.name, shape.schema, shape.example)
        }
        members += ["createdAt", "updatedAt"].map { name in
            Member(name, Schema.instant.readOnly, .string(Instant.example.description))
        }
        return SchemaExample(members, required: members.map(\.name)).named(
            resource.declaration.shapeName)
    }

    private static func user(of resource: Resource) -> Member {
        guard resource.owner == .organization else {
            return Member("userId", Schema.id.described("Whose row it is.").readOnly, id)
        }
        let words = "Who made the row; null when that user is gone."
        return Member("userId", Schema.nullable(.id).described(words).readOnly, id)
    }

    private static let id = JSON.string(ID<ResourceRow>.example.description)

    // MARK: Together with others

    /// Relations are there in a detail; what a list shows is what `include` asks for.
    private static func detail(
        of resource: Resource, _ row: SchemaExample, _ catalog: ResourceCatalog
    ) -> SchemaExample {
        let members = relations(of: resource, catalog) + references(of: resource, catalog)
        guard !members.isEmpty, case .object(let properties, let required) = row.schema.kind else {
            return row
        }
        let added = SchemaExample(members, required: [])
        guard case .object(let more, _) = added.schema.kind else { return row }
        let schema = Schema(.object(properties: properties + more, required: required))
        var example = row.example.asObject ?? [:]
        for member in members where member.isShown { example[member.name] = member.example }
        return SchemaExample(schema: schema, example: .object(example))
            .named(resource.declaration.shapeName + "Detail")
    }

    private static func relations(
        of resource: Resource, _ catalog: ResourceCatalog
    ) -> [Member] {
        resource.declaration.relations.compactMap { relation in
            guard let other = catalog[relation.resource] else { return nil }
            let rows = Self.row(of: other)
            let words =
                "Rows of `\(other.name)`, the newest first, 100 at most. In a list where "
                + "`include` asks for them."
            return Member(
                relation.name, Schema.list(of: rows.schema).described(words), [rows.example])
        }
    }

    private static func references(
        of resource: Resource, _ catalog: ResourceCatalog
    ) -> [Member] {
        resource.fields.compactMap { field in
            guard let target = field.declaration.reference?.resource, let other = catalog[target]
            else { return nil }
            let words =
                "The row of `\(other.name)`, where `include` asks for it; null where "
                + "there is none that the caller may read."
            let schema = Schema.nullable(Self.row(of: other).schema).described(words)
            var member = Member(field.declaration.name, schema, .null)
            member.isShown = false
            return member
        }
    }

    private static func page(of resource: Resource, _ row: SchemaExample) -> SchemaExample {
        let members = [
            Member("data", Schema.list(of: row.schema), [row.example]),
            Member("meta", ListMeta.shape.schema, ListMeta.shape.example),
        ]
        return SchemaExample(members, required: ["data", "meta"])
            .named(resource.declaration.shapeName + "Page")
    }

    /// A member of a shape.
    fileprivate struct Member {
        let name: String
        let schema: Schema
        let example: JSON
        /// Whether the example of the whole has it.
        var isShown = true

        init(_ name: String, _ schema: Schema, _ example: JSON) {
            (self.name, self.schema, self.example) = (name, schema, example)
        }
    }
}

extension SchemaExample {
    fileprivate init(_ members: [RowShapes.Member], required: [String]) {
        self.init(
            schema: Schema(
                .object(
                    properties: members.map { Schema.Property($0.name, $0.schema) },
                    required: required)),
            example: .object(JSONObject(members.map { ($0.name, $0.example) })))
    }

    fileprivate func named(_ name: String) -> SchemaExample {
        SchemaExample(schema: schema.named(name), example: example)
    }
}

/// Where a page stands in its list, as the API's document describes it.
enum ListMeta {
    static let shape = SchemaExample(
        schema: Schema.object(
            [
                "limit": .integer(in: 1...100).described("The most rows that a page has."),
                "total": .integer.described("How many rows the whole list has; not with `cursor`."),
                "page": .integer.described("The number of the page, from 1; with `page`."),
                "totalPages": .integer.described("How many pages there are; with `page`."),
                "offset": .integer.described("How many rows come before; with `offset`."),
                "nextCursor": .nullable(.string).described(
                    "Where to go on; null after the last page. With `cursor`."),
            ], optional: ["total", "page", "totalPages", "offset", "nextCursor"]
        ).named("ListMeta"),
        example: ["total": 1, "page": 1, "limit": 20, "totalPages": 1])
}
