/// Rules about the names that resources get in the API's document, of operations and of shapes.
enum ShapeNames {
    static func mistakes(in declared: [ResourceCatalog.Declared]) -> [DeclarationMistake] {
        var owners: [String: String] = [:]
        return declared.compactMap { one in
            let resource = one.declaration
            if let problem = problem(with: resource, owners) { return one.mistake("name", problem) }
            for name in RowShapes.names(of: resource) { owners[name] = resource.name }
            return nil
        }
    }

    /// `owners` says whose each name is already.
    private static func problem(
        with resource: ResourceDeclaration, _ owners: [String: String]
    ) -> String? {
        // Those are refused already.
        if ReservedNames.paths.contains(resource.name) { return nil }
        let subjects = [resource.listName, resource.shapeName]
        if let subject = subjects.first(where: ReservedNames.subjects.contains) {
            return "\(resource.name) would have operations with names of the program's own, "
                + "such as list\(subject)"
        }
        for name in RowShapes.names(of: resource) {
            if isOwn(name) {
                return
                    "\(resource.name) would be \(name) in the API's document, which is a shape of "
                    + "the program's own"
            }
            if let other = owners[name], other != resource.name {
                return "\(resource.name) would be \(name) in the API's document, as \(other) is"
            }
        }
        return nil
    }

    private static func isOwn(_ name: String) -> Bool {
        ReservedNames.shapes.contains(name)
            || ReservedNames.shapePrefixes.contains(where: name.hasPrefix)
    }
}
