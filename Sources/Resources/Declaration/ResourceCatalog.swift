/// All declared resources of a program, checked: what they refer to is there, and no two are in each
/// other's way.
package struct ResourceCatalog: Hashable, Sendable {
    /// What a row refers to comes before it.
    package let resources: [Resource]

    package static let empty = ResourceCatalog(resources: [])

    private init(resources: [Resource]) {
        self.resources = resources
    }

    /// For declarations in Swift. `predicates` are the names of the app's own rules.
    package init(
        _ declarations: [ResourceDeclaration], predicates: Set<String> = []
    ) throws(DeclarationMistakes) {
        let declared = declarations.map { Declared($0, file: nil, path: $0.name + ".") }
        self = try Self.check(declared, predicates: predicates, broken: [], mistakes: [])
    }

    package subscript(name: String) -> Resource? { resources.first { $0.name == name } }

    /// The fields of other resources that refer to this one.
    package func references(to name: String) -> [(resource: Resource, field: Resource.Field)] {
        resources.flatMap { resource in
            resource.fields.filter { $0.declaration.reference?.resource == name }
                .map { (resource, $0) }
        }
    }

    /// A declaration with the place where it stands.
    struct Declared {
        let declaration: ResourceDeclaration
        let file: String?
        /// What its paths begin with.
        let path: String
        /// Fields that could not be read, or not as a whole.
        let broken: Set<String>

        init(
            _ declaration: ResourceDeclaration, file: String?, path: String,
            broken: Set<String> = []
        ) {
            self.declaration = declaration
            self.file = file
            self.path = path
            self.broken = broken
        }

        func mistake(_ path: String, _ problem: String) -> DeclarationMistake {
            DeclarationMistake(file: file, path: self.path + path, problem)
        }
    }

    static func check(
        _ declared: [Declared], predicates: Set<String>, broken: Set<String>,
        mistakes: [DeclarationMistake]
    ) throws(DeclarationMistakes) -> ResourceCatalog {
        let world = DeclaredWorld(declared.map(\.declaration), broken, predicates)
        var mistakes = mistakes
        for one in declared {
            var rules = ResourceRules(one, world)
            rules.check()
            mistakes += rules.mistakes
        }
        mistakes += TableNames.mistakes(in: declared)
        if mistakes.isEmpty { mistakes += ReferenceOrder.mistakes(in: declared) }
        guard mistakes.isEmpty else { throw DeclarationMistakes(list: mistakes) }
        let ordered = ReferenceOrder.sorted(declared)
        let catalog = ResourceCatalog(resources: ordered.compactMap { Resource($0.declaration) })
        mistakes = TableNames.mistakes(in: catalog.tables, of: ordered)
        guard mistakes.isEmpty else { throw DeclarationMistakes(list: mistakes) }
        return catalog
    }
}

/// What a declaration may refer to.
struct DeclaredWorld {
    let declarations: [String: ResourceDeclaration]
    /// Declared, but with a mistake.
    let broken: Set<String>
    let predicates: Set<String>

    init(
        _ declarations: [ResourceDeclaration], _ broken: Set<String>, _ predicates: Set<String>
    ) {
        self.declarations = Dictionary(
            declarations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.broken = broken
        self.predicates = predicates
    }

    var names: [String] { declarations.keys.sorted() }
}

extension Resource {
    /// Nil for a declaration that was not checked.
    fileprivate convenience init?(_ declaration: ResourceDeclaration) {
        guard let table = try? declaration.tableName else { return nil }
        let fields = declaration.fields.compactMap { Field($0) }
        guard fields.count == declaration.fields.count else { return nil }
        self.init(declaration: declaration, table: table, fields: fields)
    }
}
