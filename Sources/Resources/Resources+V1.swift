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
struct ResourceRoutes {
    let rows: ResourceRows
    private let callers: Callers
    private let scopes: (read: Scope, write: Scope)
    let input: RowInput
    let shapes: RowShapes
    let parameters: ListParameters
    let words: ResourceWords

    var resource: Resource { rows.resource }

    init(_ rows: ResourceRows, _ callers: Callers) throws {
        (self.rows, self.callers) = (rows, callers)
        let (resource, catalog) = (rows.resource, rows.all.catalog)
        scopes = (try Scope("\(resource.name):read"), try Scope("\(resource.name):write"))
        input = RowInput(resource)
        shapes = RowShapes(resource, in: catalog)
        parameters = ListParameters(of: resource, in: catalog)
        words = ResourceWords(resource)
    }

    @Routes var list: [Route] {
        listing
        create
        reading
        update
        delete
        if resource.isSoft { restore }
    }

    var path: String { "/\(resource.name)" }

    // MARK: Writing

    private var create: [Route] {
        let (permission, options) = callers(.create)
        return [
            Operation(
                words.id("create"), .post, path, words.create,
                about: words.aboutCreating(scopes.write),
                failures: [.forbidden, .isTaken, .isCutOff], options: options, guard: permission,
                input: input.draft,
                output: .row(shapes.row, Status.created, "The row as it is kept.")
            ) { [rows] draft, principal, call in
                let asker = try await rows.asker(principal, call)
                let row = try await CreateRow(rows: rows)(draft, by: asker)
                return RowAnswer(row, of: rows.resource, status: .created)
            }.route
        ]
    }

    private var update: [Route] {
        let (permission, options) = callers(.update)
        return [
            Operation(
                words.id("update"), .patch, path + "/:id", words.update,
                about: words.aboutUpdating(scopes.write),
                failures: [.forbidden, .notFound, .isTaken, .isCutOff, .hasChanged],
                options: options, guard: permission, input: input.change,
                output: .row(shapes.detail, .ok, "The row as it is now.", takesMatch: true)
            ) { [rows] change, principal, call in
                let asker = try await rows.asker(principal, call)
                let row = try await UpdateRow(rows: rows)(
                    change, if: VersionDemand(of: call.request), by: asker)
                return try await rows.detail(row, for: asker)
            }.route
        ]
    }

    private var delete: [Route] {
        let (permission, options) = callers(.delete)
        var output = NoContent.documentation()
        output.requestFields = [.ifMatch]
        return [
            Operation(
                words.id("delete"), .delete, path + "/:id", words.delete,
                about: words.aboutDeleting(scopes.write),
                failures: [.forbidden, .notFound, .hasDependents, .hasChanged], options: options,
                guard: permission, input: input.reference, output: output
            ) { [rows] reference, principal, call in
                try await DeleteRow(rows: rows)(
                    reference.id, if: VersionDemand(of: call.request),
                    by: rows.asker(principal, call))
                return NoContent()
            }.route
        ]
    }

    private var restore: [Route] {
        let (permission, options) = callers(.delete)
        return [
            Operation(
                words.id("restore"), .post, path + "/:id/restore", words.restore,
                about: words.aboutRestoring(scopes.write),
                failures: [.forbidden, .notFound, .isTaken, .isCutOff], options: options,
                guard: permission, input: input.reference,
                output: .row(shapes.detail, .ok, "The row, which is there again.")
            ) { [rows] reference, principal, call in
                let asker = try await rows.asker(principal, call)
                let row = try await RestoreRow(rows: rows)(reference.id, by: asker)
                return try await rows.detail(row, for: asker)
            }.route
        ]
    }

    // MARK: Callers

    /// Strangers come in where the rules may let them; what they see, the rules say.
    func callers(_ action: ResourceAction) -> (Guard<Principal?>, RouteOptions) {
        let scope = action == .read ? scopes.read : scopes.write
        let asked = action == .create ? [action] : [.read, action]
        var options = RouteOptions()
        options.invalidMessage = "Invalid input"
        guard asked.map(resource.declaration.rule).allSatisfy(\.admitsStrangers) else {
            return (callers.anyone(scope: scope).optional, options)
        }
        options.optionalSchemes = callers.schemesWithKeys
        return (callers.anybody(scope: scope), options)
    }

    var readScope: Scope { scopes.read }
}

extension Guard where Passed == Principal {
    /// The same for operations that some callers may use without credentials.
    fileprivate var optional: Guard<Principal?> {
        let check = check
        return Guard<Principal?>(schemes: schemes, failures: failures) { try await check($0) }
    }
}
