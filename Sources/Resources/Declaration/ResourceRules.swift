import SQL
import Values

/// What is wrong with one resource, beyond what is wrong with each of its fields.
struct ResourceRules {
    static let fieldsMax = 100
    static let searchMax = 10

    private let one: ResourceCatalog.Declared
    private let world: DeclaredWorld
    private(set) var mistakes: [DeclarationMistake] = []

    private var resource: ResourceDeclaration { one.declaration }

    init(_ one: ResourceCatalog.Declared, _ world: DeclaredWorld) {
        self.one = one
        self.world = world
    }

    mutating func check() {
        checkNames()
        checkFields()
        checkRelations()
        checkSearch()
        checkList(resource.sort.map(\.name), "sort")
        checkList(resource.filter, "filter")
        checkRules()
    }

    private mutating func report(_ path: String, _ problem: String) {
        mistakes.append(one.mistake(path, problem))
    }

    // MARK: Names

    private mutating func checkNames() {
        let path = resource.table == nil ? "name" : "table"
        checkIdentifier(resource.name, "name")
        if ReservedNames.paths.contains(resource.name) {
            report("name", "\(resource.name) is a path of the program's own")
        } else if let taken = RowShapes.names(of: resource).first(where: ReservedNames.isShape) {
            report("name", "would give the API's document a second \(taken): choose another")
        }
        let table = resource.table ?? resource.name
        if resource.table != nil { checkIdentifier(table, "table") }
        if ReservedNames.tables.contains(table) || ReservedNames.isOfAnEngine(table) {
            let advice = path == "name" ? ": choose another, or give `table`" : ""
            report(path, "\(table) is a table of the program's own\(advice)")
        }
        if let title = resource.title { check(title, "title", length: 1...100) }
    }

    private mutating func checkIdentifier(_ name: String, _ path: String) {
        if (try? SQLIdentifier(name)) == nil {
            report(
                path,
                "must be a lower-case letter, then letters, digits and underscores, "
                    + "\(SQLIdentifier.lengthMax) at most")
        }
    }

    private mutating func check(_ text: String, _ path: String, length: ClosedRange<Int>) {
        do { try text.requireText(length: length) } catch {
            report(path, error.words(rules: [:], unknown: ""))
        }
    }

    // MARK: Fields

    private mutating func checkFields() {
        let fields = resource.fields
        if fields.isEmpty, one.broken.isEmpty { report("fields", "must have at least one") }
        if fields.count > Self.fieldsMax {
            report("fields", "has \(fields.count) fields: at most \(Self.fieldsMax)")
        }
        var names: Set<String> = []
        for field in fields {
            if !one.broken.contains(field.name) {
                var rules = FieldRules(field, one, world)
                rules.check()
                mistakes += rules.mistakes
            }
            if !names.insert(field.apiName).inserted
                || field.apiName != field.name
                    && !names.insert(field.name).inserted
            {
                report("fields.\(field.name)", "has the name of another field")
            }
        }
    }

    private mutating func checkRelations() {
        let fieldNames = Set(resource.fields.flatMap { [$0.name, $0.apiName] })
        for relation in resource.relations {
            let path = "relations.\(relation.name)"
            if !DeclaredName.isField(relation.name) {
                report(path, "must be a lower-case letter, then letters and digits")
            }
            if ReservedNames.fields.contains(relation.name) || fieldNames.contains(relation.name) {
                report(path, "has the name of a field")
            }
            checkTarget(of: relation, path)
        }
    }

    private mutating func checkTarget(
        of relation: ResourceDeclaration.Relation, _ path: String
    ) {
        if world.broken.contains(relation.resource) { return }
        guard let other = world.declarations[relation.resource] else {
            let suggestion = Suggestion.text(for: relation.resource, among: world.names)
            return report(path + ".resource", "is no resource" + suggestion)
        }
        let field = other.fields.first { $0.name == relation.field }
        if field?.reference?.resource != resource.name {
            report(path + ".field", "is no field of \(other.name) that refers to \(resource.name)")
        }
    }

    // MARK: Lists

    private mutating func checkSearch() {
        if resource.search.count > Self.searchMax {
            report("search", "has more than \(Self.searchMax) fields")
        }
        checkDuplicates(resource.search, "search")
        for (index, name) in resource.search.enumerated() {
            let path = "search[\(index)]"
            guard let field = field(name, path, others: []) else { continue }
            if !field.type.isText { report(path, "is not of type text, email or url") }
            if field.isPII { report(path, "is sealed, and cannot be searched") }
            if ["rank", "rowid"].contains((try? field.column)?.name) {
                report(path, "is a word that SQLite's search has for itself")
            }
        }
    }

    private mutating func checkList(_ names: [String], _ path: String) {
        checkDuplicates(names, path)
        for (index, name) in names.enumerated() {
            let path = "\(path)[\(index)]"
            let others = ["createdAt", "updatedAt"]
            if others.contains(name) { continue }
            guard let field = field(name, path, others: others) else { continue }
            if let problem = field.indexProblem { report(path, problem) }
        }
    }

    private mutating func checkDuplicates(_ names: [String], _ path: String) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted {
            report("\(path)[\(index)]", "is there twice")
        }
    }

    private mutating func field(
        _ name: String, _ path: String, others: [String]
    ) -> ResourceField? {
        if one.broken.contains(name) { return nil }
        let field = resource.fields.first { $0.name == name || $0.apiName == name }
        if field == nil {
            let names = resource.fields.map(\.name) + others
            report(path, "is no field" + Suggestion.text(for: name, among: names))
        }
        return field
    }

    // MARK: Rules

    private mutating func checkRules() {
        for action in ResourceAction.allCases {
            guard let rule = resource.rules[action] else { continue }
            let path = "rules.\(action.rawValue)"
            for leaf in rule.leaves { check(leaf, path) }
            if action == .create, resource.owner != .none, rule.admitsStrangers {
                report(path, "lets in who is not signed in, and each row needs an owner")
            }
        }
    }

    private mutating func check(_ leaf: Rule, _ path: String) {
        switch leaf {
        case .owner where resource.owner == .none:
            report(path, "asks for the owner of rows that have none")
        case .organizationRole where resource.owner != .organization:
            report(path, "asks for a role in an organization, whose rows these are not")
        case .predicate(let name, _) where !world.predicates.contains(name):
            let known = ["anyone", "signedIn", "owner", "organization.role"]
            let names = known + world.predicates.sorted()
            report(path, "has \(name), which is no rule" + Suggestion.text(for: name, among: names))
        default: break
        }
    }
}
