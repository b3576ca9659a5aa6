/// A kind of data, as it was declared: in a JSON5 file or in Swift. `ResourceCatalog` checks it.
package struct ResourceDeclaration: Hashable, Sendable {
    /// The name in paths, scopes and other declarations: `item_notes`.
    package var name: String
    /// What one row is called: `Item note`. Made of the name where it is missing.
    package var title: String?
    /// The table, where it cannot have the resource's name.
    package var table: String?
    package var owner: Owner
    package var deletion: Deletion
    package var fields: [ResourceField]
    package var relations: [Relation]
    /// The fields that `search=` looks through.
    package var search: [String]
    /// What a list may be sorted by; the first is the default.
    package var sort: [SortField]
    package var filter: [String]
    package var rules: [ResourceAction: Rule]

    package init(
        _ name: String, owner: Owner = .user, deletion: Deletion = .soft,
        fields: [ResourceField] = []
    ) {
        self.name = name
        self.owner = owner
        self.deletion = deletion
        self.fields = fields
        (relations, search, sort, filter, rules) = ([], [], [], [], [:])
    }

    /// Whose the rows are.
    package enum Owner: String, Codable, CaseIterable, Sendable {
        case user, organization, none
    }

    /// Whether a deleted row stays in the table, so that it can be restored.
    package enum Deletion: String, Codable, CaseIterable, Sendable {
        case soft, hard
    }

    /// Rows of another resource that name this one's: the other end of a reference.
    package struct Relation: Hashable, Sendable {
        package var name: String
        package var resource: String
        /// The field there that refers here.
        package var field: String

        package init(_ name: String, _ resource: String, field: String) {
            (self.name, self.resource, self.field) = (name, resource, field)
        }
    }

    /// `-createdAt`: a field and a direction.
    package struct SortField: Hashable, Sendable {
        package var name: String
        package var isDescending: Bool

        package init(_ text: String) {
            isDescending = text.hasPrefix("-")
            name = isDescending ? String(text.dropFirst()) : text
        }
    }
}

/// What may be done with the rows of a resource. Restoring is as deleting.
package enum ResourceAction: String, CaseIterable, Sendable {
    case read, create, update, delete
}

extension ResourceDeclaration {
    /// The rule of an action: the owner's own, or every user's where rows have no owner.
    package func rule(_ action: ResourceAction) -> Rule {
        if let rule = rules[action] { return rule }
        return owner == .none || action == .create ? .signedIn : .owner
    }

    /// How a list is sorted that does not say.
    package var defaultSort: SortField { sort.first ?? SortField("-createdAt") }

    /// `items` is `Item`, `story_entries` is `Story entry`.
    package var titleText: String {
        if let title { return title }
        let words = singular.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The name of a row's shape in the API's document: `StoryEntry`.
    package var shapeName: String {
        singular.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Its rows together, in the names of operations: `StoryEntries`.
    var listName: String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private var singular: String {
        if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
        return name.hasSuffix("s") && !name.hasSuffix("ss") ? String(name.dropLast()) : name
    }
}
