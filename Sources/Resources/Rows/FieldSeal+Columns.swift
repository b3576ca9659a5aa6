import Identity
import SQL
import Values

extension FieldSeal {
    /// The columns of personal data, for whoever rotates the encryption keys. Deleted rows are among
    /// them: they may be restored.
    package func columns(of catalog: ResourceCatalog) -> [SealedColumn] {
        catalog.resources.flatMap { resource in
            resource.fields.filter(\.declaration.isPII).map { column($0, of: resource) }
        }
    }

    private func column(_ field: Resource.Field, of resource: Resource) -> SealedColumn {
        let (table, column, id) = (resource.table, field.column, Resource.Column.id)
        return SealedColumn(
            name: "\(table.name).\(column.name)",
            formerName: field.formerColumn.map { "\(table.name).\($0.name)" }, sealer: sealer,
            page: { database, last, max in
                let last = ID<ResourceRow>(last) ?? ID(high: 0, low: 0)
                return try await database.all(
                    """
                    SELECT \(id), \(column) FROM \(table)
                    WHERE \(column) IS NOT NULL AND \(id) > \(last)
                    ORDER BY \(id) LIMIT \(max)
                    """
                ) { row throws(DatabaseError) in
                    let id = try row.next(ID<ResourceRow>.self)
                    return SealedRow(id: id.description, sealed: try row.next())
                }
            },
            replace: { database, row, new, old in
                guard let row = ID<ResourceRow>(row) else { return }
                try await database.execute(
                    """
                    UPDATE \(table) SET \(column) = \(new)
                    WHERE \(id) = \(row) AND \(column) = \(old)
                    """)
            })
    }
}
