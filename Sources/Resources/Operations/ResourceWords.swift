import Identity

/// What the API's document says of a resource's operations.
struct ResourceWords {
    private let resource: Resource

    init(_ resource: Resource) {
        self.resource = resource
    }

    /// `createItem`, `listItems`.
    func id(_ verb: String, plural: Bool = false) -> String {
        verb + (plural ? resource.declaration.listName : resource.declaration.shapeName)
    }

    private var name: String { "`\(resource.name)`" }

    var list: String { "Rows of \(name) that the caller may read." }
    var create: String { "Make a row of \(name)." }
    var read: String { "One row of \(name)." }
    var update: String { "Change a row of \(name)." }
    var delete: String { "Delete a row of \(name)." }
    var restore: String { "Bring back a deleted row of \(name)." }

    func aboutListing(_ scope: Scope) -> String {
        """
        A page by number, with `page`, says how many there are; so does one by `offset`. With \
        `cursor`, empty for the first page, nothing is counted, and a page costs the same wherever \
        it is. \(key(scope)) \(rule(.read))
        """
    }

    func aboutReading(_ scope: Scope) -> String {
        "With its relations, of each the newest rows. \(key(scope)) \(rule(.read))"
    }

    func aboutCreating(_ scope: Scope) -> String {
        let owner =
            switch resource.owner {
            case .user: "It is the caller's. "
            case .organization: "It is of an organization that the caller is in. "
            case .none: ""
            }
        return "\(owner)\(key(scope)) \(rule(.create))"
    }

    func aboutUpdating(_ scope: Scope) -> String {
        "What is left out stays as it is. \(key(scope)) \(rule(.update))"
    }

    func aboutDeleting(_ scope: Scope) -> String {
        let kind =
            resource.isSoft
            ? "It can be restored." : "It is gone for good."
        return "\(kind) What refers to it goes, too, or keeps it, as is declared. "
            + "\(key(scope)) \(rule(.delete))"
    }

    func aboutRestoring(_ scope: Scope) -> String {
        "Rows that went with it come back with it. A row that is there is answered as it is. "
            + "\(key(scope)) \(rule(.delete))"
    }

    private func key(_ scope: Scope) -> String { "An API key needs the scope `\(scope.text)`." }

    private func rule(_ action: ResourceAction) -> String {
        "The rule: `\(resource.declaration.rule(action))`."
    }
}
