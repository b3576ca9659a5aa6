import SQL

/// What can be asked for beside a row: rows that refer to it, or the row that it refers to.
package struct Inclusion: Hashable, Sendable {
    /// Which of both ends of a reference the row is.
    package enum Kind: Hashable, Sendable {
        /// Many rows there name this one.
        case many
        /// This row names one there.
        case one
    }

    package let kind: Kind
    /// In `include=`, and the name of the member that holds it.
    package let name: String
    /// The other rows' resource.
    package let resource: Resource
    /// The reference: of the other resource where there are many, else of this one.
    package let field: Resource.Field
    /// Where the field is among those of the resource that has it.
    let place: Int
}

extension ResourceCatalog {
    /// Everything that `include=` takes: the declared relations, then what the fields refer to.
    package func inclusions(of resource: Resource) -> [Inclusion] {
        let many = resource.declaration.relations.compactMap { relation -> Inclusion? in
            guard let other = self[relation.resource],
                let place = other.fields.firstIndex(where: {
                    $0.declaration.name == relation.field
                })
            else { return nil }
            return Inclusion(
                kind: .many, name: relation.name, resource: other, field: other.fields[place],
                place: place)
        }
        let one = resource.fields.enumerated().compactMap { place, field -> Inclusion? in
            guard let other = field.declaration.reference.flatMap({ self[$0.resource] })
            else { return nil }
            return Inclusion(
                kind: .one, name: field.declaration.name, resource: other, field: field,
                place: place)
        }
        return many + one
    }
}
