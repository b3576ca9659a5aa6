import Coding
import Values

/// Reads the parts of one resource and notes what is wrong with each.
struct DraftReader {
    private var notes: DraftNotes
    /// Fields that have a mistake: what names them is no second one.
    private(set) var brokenFields: Set<String> = []

    /// `path` is where the resource stands in the file: `resources[1].`, or nothing.
    init(file: String, path: String) {
        notes = DraftNotes(file: file, path: path)
    }

    var mistakes: [DeclarationMistake] { notes.mistakes }

    mutating func resource(_ json: JSON) -> ResourceDeclaration? {
        let draft: ResourceDraft? = readKnown(json, ResourceDraft.CodingKeys.names)
        // What lies deeper is looked at even when something above it is wrong.
        let fields = notes.members(json["fields"], at: "fields").compactMap { member in
            let count = mistakes.count
            let field = field(member.name, member.value)
            if mistakes.count > count { brokenFields.formUnion([member.name, member.name + "Id"]) }
            return field
        }
        let relations = notes.members(json["relations"], at: "relations")
            .compactMap { relation($0.name, $0.value) }
        let rules = notes.members(json["rules"], at: "rules").compactMap { rule($0.name, $0.value) }
        guard let draft, json["fields"]?.asObject != nil else { return nil }
        var declaration = ResourceDeclaration(
            draft.name, owner: draft.owner ?? .user, deletion: draft.delete ?? .soft,
            fields: fields)
        declaration.title = draft.title
        declaration.table = draft.table
        declaration.relations = relations
        declaration.search = draft.search ?? []
        declaration.sort = (draft.sort ?? []).map { .init($0) }
        declaration.filter = draft.filter ?? []
        declaration.rules = Dictionary(rules, uniquingKeysWith: { $1 })
        return declaration
    }

    // MARK: Parts

    private mutating func field(_ name: String, _ json: JSON) -> ResourceField? {
        let place = "fields.\(name)"
        let draft: FieldDraft? = notes.read(json, at: place, FieldDraft.CodingKeys.names)
        guard let draft else { return nil }
        var field = ResourceField(name, draft.type)
        field.description = draft.description
        field.isRequired = draft.required ?? false
        field.isNullable = draft.nullable
        field.defaultValue = json["default"]
        field.isUnique = draft.unique ?? false
        field.isPII = draft.pii ?? false
        field.length = length(draft.length, at: place + ".length")
        field.range = range(draft.range, at: place + ".range")
        field.pattern = draft.pattern
        field.values = draft.values ?? []
        field.formerName = draft.was
        if let resource = draft.resource {
            field.reference = .init(resource, onDelete: draft.onDelete ?? .restrict)
        } else if draft.onDelete != nil, draft.type != .reference {
            notes.report(place + ".onDelete", "is for references")
        }
        return field
    }

    private mutating func length(_ pair: [Int]?, at place: String) -> ClosedRange<Int>? {
        guard let pair else { return nil }
        guard pair.count == 2, 0 <= pair[0], pair[0] <= pair[1], pair[1] >= 1 else {
            notes.report(
                place, "must be the least and the greatest number of characters: [0, 1000]")
            return nil
        }
        return pair[0]...pair[1]
    }

    private mutating func range(
        _ pair: [Double?]?, at place: String
    ) -> ResourceField.NumberRange? {
        guard let pair else { return nil }
        guard pair.count == 2 else {
            notes.report(place, "must be the least and the greatest number, or null: [0, null]")
            return nil
        }
        return ResourceField.NumberRange(min: pair[0], max: pair[1])
    }

    private mutating func relation(
        _ name: String, _ json: JSON
    ) -> ResourceDeclaration.Relation? {
        let draft: RelationDraft? = notes.read(
            json, at: "relations.\(name)", RelationDraft.CodingKeys.names)
        return draft.map { .init(name, $0.resource, field: $0.field) }
    }

    private mutating func rule(_ name: String, _ json: JSON) -> (ResourceAction, Rule)? {
        let place = "rules.\(name)"
        guard let action = ResourceAction(rawValue: name) else {
            let names = ResourceAction.allCases.map(\.rawValue)
            notes.report(place, "is no action" + Suggestion.text(for: name, among: names))
            return nil
        }
        guard let text = json.asString else {
            notes.report(place, "must be text, not \(json.kind.withArticle)")
            return nil
        }
        do {
            return (action, try RuleParser.parse(text))
        } catch {
            notes.report(place, error.problem)
            return nil
        }
    }

    // MARK: Reading

    /// A member that is not known does not keep the others from being checked.
    private mutating func readKnown<Draft: Decodable>(_ json: JSON, _ names: [String]) -> Draft? {
        if let draft: Draft = notes.read(json, at: "", names) { return draft }
        return try? InputReader.read(from: Input(body: .tree(json)))
    }
}
