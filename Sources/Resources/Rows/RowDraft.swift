import Identity
import Values

/// What a client sends to make a row: every value, those by default included.
package struct RowDraft: Hashable, Sendable {
    /// In the order of the resource's fields.
    package var values: [FieldValue]
    /// Whose row it shall be, where rows are organizations' and the client has said so.
    package var organizationID: ID<Organization>?

    package init(values: [FieldValue], organizationID: ID<Organization>? = nil) {
        (self.values, self.organizationID) = (values, organizationID)
    }
}

/// What a client sends to change a row.
package struct RowChange: Sendable {
    package var id: ID<ResourceRow>
    /// The values that are given, by the place of their field among those of the resource, in that
    /// order.
    package var values: [(index: Int, value: FieldValue)]

    package init(id: ID<ResourceRow>, values: [(index: Int, value: FieldValue)]) {
        (self.id, self.values) = (id, values)
    }
}

/// What a client sends to name a row.
package struct RowReference: Hashable, Sendable {
    package var id: ID<ResourceRow>

    package init(id: ID<ResourceRow>) {
        self.id = id
    }
}
