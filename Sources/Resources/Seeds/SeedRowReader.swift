import API
import Coding
import Values

/// Reads the rows of seeds by the rules of their resources, and finds what they refer to.
struct SeedRowReader {
    private let catalog: ResourceCatalog
    private(set) var rows: [SeedRow] = []
    private(set) var mistakes: [DeclarationMistake] = []
    /// The keys that are read already, and all, by resource.
    private var read: [String: Set<String>] = [:]
    private var keys: [String: Set<String>] = [:]

    init(_ catalog: ResourceCatalog) {
        self.catalog = catalog
    }

    /// Resources that others refer to come first; the rows of one as they are written.
    mutating func read(_ drafts: [SeedRowDraft]) {
        for draft in drafts { keys[draft.resource, default: []].insert(draft.key) }
        for resource in catalog.resources {
            let shape = RowInput(resource).draft
            for draft in drafts where draft.resource == resource.name {
                checkKey(draft)
                checkOwner(draft, resource)
                read(draft, of: resource, shape)
            }
        }
    }

    private mutating func checkKey(_ draft: SeedRowDraft) {
        if !DeclaredName.isKey(draft.key) {
            mistakes.append(
                draft.mistake("", "must be called by letters, digits, `-` and `_`, 64 at most"))
        }
        if !read[draft.resource, default: []].insert(draft.key).inserted {
            mistakes.append(draft.mistake("", "is there twice"))
        }
    }

    private mutating func checkOwner(_ draft: SeedRowDraft, _ resource: Resource) {
        let place: String
        switch (resource.owner, draft.owner) {
        case (.user, .user), (.organization, .organization), (.none, .nobody): return
        case (.user, _): place = "users.<address>.rows"
        case (.organization, _): place = "organizations.<slug>.rows"
        case (.none, _): place = "rows"
        }
        mistakes.append(draft.mistake("", "stands in the wrong place: rows of it are in \(place)"))
    }

    private mutating func read(
        _ draft: SeedRowDraft, of resource: Resource, _ shape: InputShape<RowDraft>
    ) {
        let input = Input(body: .tree(referring(draft, resource)))
        do {
            let values = try shape.read(input, JSONLimits()).values
            rows.append(
                SeedRow(resource: resource, key: draft.key, owner: draft.owner, values: values))
        } catch let error as InvalidInput {
            for field in error.fields { report(field, draft, resource) }
        } catch {
            mistakes.append(draft.mistake("", "cannot be read"))
        }
    }

    private mutating func report(
        _ field: FieldError, _ draft: SeedRowDraft, _ resource: Resource
    ) {
        let names = resource.fields.map(\.declaration.name)
        let unknown = "is no field" + Suggestion.text(for: field.path, among: names)
        mistakes.append(
            draft.mistake(
                field.path.isEmpty ? "" : "." + field.path,
                field.problem.words(
                    rules: ["field.pattern": "does not match the pattern"], unknown: unknown)))
    }

    // MARK: References

    /// What names rows by their keys, with their ids instead: `item: "sample"` becomes `itemId: "…"`.
    private mutating func referring(_ draft: SeedRowDraft, _ resource: Resource) -> JSON {
        guard case .object(var object) = draft.json else { return draft.json }
        for field in resource.fields {
            guard let target = field.declaration.reference?.resource,
                let value = object[field.declaration.name]
            else { continue }
            object[field.declaration.name] = nil
            object[field.name] = id(value, in: target, of: draft, field) ?? .null
        }
        return .object(object)
    }

    private mutating func id(
        _ value: JSON, in target: String, of draft: SeedRowDraft, _ field: Resource.Field
    ) -> JSON? {
        if value.isNull { return .null }
        let id = value.asString.map { JSON.string(SeedRow.id(of: $0, in: target).description) }
        let key = value.asString ?? ""
        if read[target]?.contains(key) == true { return id }
        let known = keys[target] ?? []
        mistakes.append(
            draft.mistake(
                "." + field.declaration.name,
                known.contains(key)
                    ? "is a row that comes after this one"
                    : "is no row of \(target) here"
                        + Suggestion.text(for: key, among: known.sorted())))
        return id
    }
}
