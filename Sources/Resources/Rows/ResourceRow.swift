import Coding
import Identity
import SQL
import Values

/// A row of a declared resource.
package struct ResourceRow: Hashable, Sendable {
    package var id: ID<ResourceRow>
    /// Whose it is; of an organization's row, who made it.
    package var userID: ID<User>?
    package var organizationID: ID<Organization>?
    /// In the order of the resource's fields.
    package var values: [FieldValue]
    package var createdAt: Instant
    package var updatedAt: Instant
    /// Nil for all that are not deleted.
    package var deletedAt: Instant?

    package init(
        id: ID<ResourceRow>, userID: ID<User>? = nil, organizationID: ID<Organization>? = nil,
        values: [FieldValue], createdAt: Instant, updatedAt: Instant, deletedAt: Instant? = nil
    ) {
        (self.id, self.userID, self.organizationID) = (id, userID, organizationID)
        self.values = values
        (self.createdAt, self.updatedAt, self.deletedAt) = (createdAt, updatedAt, deletedAt)
    }
}

// MARK: Reading

extension ResourceRow {
    /// Reads the columns that `Resource.columns` and `Resource.qualifiedColumns` list.
    package init(
        row: inout Row, _ resource: Resource, _ seal: FieldSeal
    ) throws(DatabaseError) {
        id = try row.next()
        userID = resource.owner == .none ? nil : try row.next(ID<User>?.self)
        organizationID =
            resource.owner == .organization ? try row.next(ID<Organization>.self) : nil
        values = []
        values.reserveCapacity(resource.fields.count)
        for field in resource.fields {
            values.append(try FieldValue.read(&row, field.declaration.type))
        }
        createdAt = try row.next()
        updatedAt = try row.next()
        deletedAt = resource.isSoft ? try row.next(Instant?.self) : nil
        try open(resource, seal)
    }

    /// Last, so that a check of the statement has seen all columns.
    private mutating func open(
        _ resource: Resource, _ seal: FieldSeal
    ) throws(DatabaseError) {
        for (index, field) in resource.fields.enumerated() where field.declaration.isPII {
            guard case .text(let sealed) = values[index] else { continue }
            values[index] = .text(try seal.open(sealed, field, of: id, in: resource))
        }
    }
}

// MARK: Showing

extension ResourceRow {
    /// All members of the row as the API shows it, within an object that the caller has opened.
    package func writeMembers(to json: inout JSONOutput, as resource: Resource) {
        json.field("id", id)
        if resource.owner == .organization { json.nullableField("organizationId", organizationID) }
        if resource.owner != .none { json.nullableField("userId", userID) }
        for (index, value) in values.enumerated() {
            json.key(text: resource.fields[index].name)
            value.write(to: &json)
        }
        json.field("createdAt", createdAt)
        json.field("updatedAt", updatedAt)
    }

    /// The row as a value. What is personal data can be left out: where the row is kept for later,
    /// it must not stand in the clear.
    package func json(as resource: Resource, withPersonalData: Bool = true) -> JSON {
        var object: JSONObject = ["id": .string(id.description)]
        if resource.owner == .organization {
            object["organizationId"] = organizationID.map { .string($0.description) } ?? .null
        }
        if resource.owner != .none {
            object["userId"] = userID.map { .string($0.description) } ?? .null
        }
        for (field, value) in zip(resource.fields, values)
        where withPersonalData || !field.declaration.isPII {
            object[field.name] = value.json
        }
        object["createdAt"] = .string(createdAt.description)
        object["updatedAt"] = .string(updatedAt.description)
        return .object(object)
    }
}
