import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// S3-10 … S3-18, S3-20, S3-23: what V1 serves at `/{resource}`.

extension Resources {
    func v1(_ callers: Callers) throws -> SurfacePart {
        let routes = try catalog.resources.flatMap { resource in
            try ResourceRoutes(ResourceRows(resource, self), callers).list
        }
        return SurfacePart(V1.name, failures: Self.rows) { routes }
    }
}

/// The routes of one resource.
private struct ResourceRoutes {
    private let rows: ResourceRows
    private let callers: Callers
    private let scopes: (read: Scope, write: Scope)
    private let shapes: InterimShapes

    private var resource: Resource { rows.resource }

    init(_ rows: ResourceRows, _ callers: Callers) throws {
        (self.rows, self.callers) = (rows, callers)
        let name = rows.resource.name
        scopes = (try Scope("\(name):read"), try Scope("\(name):write"))
        shapes = InterimShapes(resource: rows.resource)
    }

    var list: [Route] {
        get throws {
            [create, read, update, delete] + (resource.isSoft ? [restore] : [])
        }
    }

    private var create: Route {
        let (guarded, options) = callers(.create)
        return Operation(
            "create" + resource.declaration.shapeName, .post, "/\(resource.name)",
            "Make one.", failures: [.forbidden, .isTaken, .isCutOff], options: options,
            guard: guarded, input: shapes.body(isDraft: true),
            output: OutputDocumentation(.created, "The row.")
        ) { [rows] (input: RowDraft, principal, call) in
            let row = try await CreateRow(rows: rows)(
                input.given, in: input.organization, by: rows.asker(principal, call))
            return RowAnswer(status: .created, row: row, resource: rows.resource)
        }.route
    }

    private var read: Route {
        let (guarded, options) = callers(.read)
        return Operation(
            "read" + resource.declaration.shapeName, .get, "/\(resource.name)/:id",
            "One.", failures: [.notFound], options: options,
            guard: guarded, input: shapes.reference,
            output: OutputDocumentation(.ok, "The row.")
        ) { [rows] (input: RowDraft, principal, call) in
            guard let id = input.id else { throw Failure.notFound }
            let row = try await rows.find(id, for: rows.asker(principal, call))
            return RowAnswer(
                status: .ok, row: row, resource: rows.resource,
                conditions: Conditions(of: call.request))
        }.route
    }

    private var update: Route {
        let (guarded, options) = callers(.update)
        return Operation(
            "update" + resource.declaration.shapeName, .patch, "/\(resource.name)/:id",
            "Change.", failures: [.forbidden, .notFound, .isTaken, .isCutOff, .hasChanged],
            options: options,
            guard: guarded, input: shapes.body(isDraft: false),
            output: OutputDocumentation(.ok, "The row.")
        ) { [rows] (input: RowDraft, principal, call) in
            guard let id = input.id else { throw Failure.notFound }
            let row = try await UpdateRow(rows: rows)(
                id, input.given, if: VersionDemand(of: call.request),
                by: rows.asker(principal, call))
            return RowAnswer(status: .ok, row: row, resource: rows.resource)
        }.route
    }

    private var delete: Route {
        let (guarded, options) = callers(.delete)
        return Operation(
            "delete" + resource.declaration.shapeName, .delete, "/\(resource.name)/:id",
            "Delete.", failures: [.forbidden, .notFound, .hasDependents, .hasChanged],
            options: options,
            guard: guarded, input: shapes.reference,
            output: NoContent.documentation()
        ) { [rows] (input: RowDraft, principal, call) in
            guard let id = input.id else { throw Failure.notFound }
            try await DeleteRow(rows: rows)(
                id, if: VersionDemand(of: call.request), by: rows.asker(principal, call))
            return NoContent()
        }.route
    }

    private var restore: Route {
        let (guarded, options) = callers(.delete)
        return Operation(
            "restore" + resource.declaration.shapeName, .post, "/\(resource.name)/:id/restore",
            "Bring back.", failures: [.forbidden, .notFound, .isTaken, .isCutOff],
            options: options,
            guard: guarded, input: shapes.reference,
            output: OutputDocumentation(.ok, "The row.")
        ) { [rows] (input: RowDraft, principal, call) in
            guard let id = input.id else { throw Failure.notFound }
            let row = try await RestoreRow(rows: rows)(id, by: rows.asker(principal, call))
            return RowAnswer(status: .ok, row: row, resource: rows.resource)
        }.route
    }

    /// Strangers come in where the rule may let them; what they see it says.
    private func callers(_ action: ResourceAction) -> (Guard<Principal?>, RouteOptions) {
        let scope = action == .read ? scopes.read : scopes.write
        var options = RouteOptions()
        let rules = (action == .create ? [action] : [action, .read])
            .map(resource.declaration.rule)
        guard rules.allSatisfy(\.admitsStrangers) else {
            return (callers.anyone(scope: scope).optional, options)
        }
        options.optionalSchemes = callers.schemesWithKeys
        return (callers.anybody(scope: scope), options)
    }
}

extension Guard where Passed == Principal {
    /// The same for operations that some callers may use without credentials.
    fileprivate var optional: Guard<Principal?> {
        let check = check
        return Guard<Principal?>(schemes: schemes, failures: failures) { try await check($0) }
    }
}
