import Changes
import Coding
import Values

// What rows become in the log of changes. Personal data is left out: it is sealed in the row's table
// and must not stand here in the clear.

extension Change {
    static func created(_ row: ResourceRow, of resource: Resource, at now: Instant) -> Change {
        Change(
            resource.name, .created, row.id.description, after: row.logged(resource), at: now)
    }

    static func updated(
        _ before: ResourceRow, to after: ResourceRow, of resource: Resource, at now: Instant
    ) -> Change {
        Change(
            resource.name, .updated, after.id.description, before: before.logged(resource),
            after: after.logged(resource), at: now)
    }

    static func deleted(_ row: ResourceRow, of resource: Resource, at now: Instant) -> Change {
        Change(
            resource.name, .deleted, row.id.description, before: row.logged(resource), at: now)
    }

    static func restored(_ row: ResourceRow, of resource: Resource, at now: Instant) -> Change {
        Change(
            resource.name, .restored, row.id.description, after: row.logged(resource), at: now)
    }
}

extension ResourceRow {
    fileprivate func logged(_ resource: Resource) -> JSON {
        json(as: resource, withPersonalData: false)
    }
}
