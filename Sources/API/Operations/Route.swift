import Coding
import HTTP
import Values

/// An operation as the router, the API's document and the tests see it, with its types erased.
package struct Route: Sendable {
    /// The operation's id: a verb phrase, unique on its surface.
    package let id: String
    package let method: Method
    /// Below the surface's prefix, with `:name` for a parameter.
    package let path: String
    package let summary: String
    /// What there is to say beyond the summary, in the API's document. CommonMark.
    package let about: String?
    /// What it may throw, its guard's failures included, edge failures not.
    package let failures: [Failure]
    package let schemes: [SecurityScheme]
    package let options: RouteOptions
    /// Read once, when the server starts, so that a type without a schema stops the start and not a
    /// request.
    package let documentation: @Sendable () throws -> RouteDocumentation
    let respond: Responder

    typealias Responder =
        @Sendable (Call, PathParameters, MountedRoute) async throws -> Response
}

/// What an operation may set apart from its types.
package struct RouteOptions: Sendable {
    /// Bytes a body may have; more is refused with 413. Nil: as many as the settings say.
    package var bodyBytesMax: Int?
    package var accepts: [BodyType] = [.json]
    /// What the body is where it is a form in parts, which the operation reads by itself: then the input
    /// is what the path says.
    package var form: FormDocumentation?
    /// Rules for fields that depend on the program's settings.
    package var rules: [FieldRule] = []
    /// Members of the body that the program's settings declare.
    package var extras: ExtraMembers?
    /// Credentials that the operation looks for by itself, and can do without.
    package var optionalSchemes: [SecurityScheme] = []
    /// What is said of input that is wrong, where the surface's message is not what clients expect.
    package var invalidMessage: String?
    /// Left out of the API's document.
    package var isHidden = false
    /// Whether a 401 has no body: so it is on some routes of better-auth's.
    package var refusesCallersSilently = false
    /// Whether who may not is told so in one plain word, unless his `Accept` names JSON (C9).
    package var refusesInPlainText = false
    /// Off for what machines ask again and again: health, metrics.
    package var countsAsTraffic = true

    package init() {}

    package static func recognizing(_ schemes: SecurityScheme...) -> RouteOptions {
        recognizing(schemes)
    }

    package static func recognizing(_ schemes: [SecurityScheme]) -> RouteOptions {
        var options = RouteOptions()
        options.optionalSchemes = schemes
        return options
    }

    package static func form(_ form: FormDocumentation) -> RouteOptions {
        var options = RouteOptions()
        options.form = form
        options.accepts = [.multipart]
        return options
    }

    package static func accepting(_ types: BodyType...) -> RouteOptions {
        var options = RouteOptions()
        options.accepts = types
        return options
    }
}

/// The kinds of bodies that are read into an input.
package enum BodyType: String, Sendable {
    case json = "application/json"
    case form = "application/x-www-form-urlencoded"
    /// Read by the operation itself, since it may be longer than memory is for.
    case multipart = "multipart/form-data"
}

/// What OpenAPI says of a route beyond its operation: the shapes of what goes in and comes out.
package struct RouteDocumentation: Sendable {
    package let input: SchemaExample
    package let output: OutputDocumentation
    /// The body, where the operation reads a form in parts by itself.
    package var form: SchemaExample?

    /// What stands in the body as its fields.
    var body: SchemaExample { form ?? input }
}

/// Puts a list of operations together.
@resultBuilder
package enum Routes {
    package static func buildExpression<Input, Output>(
        _ operation: Operation<Input, Output>
    ) -> [Route] {
        [operation.route]
    }
    package static func buildExpression(_ routes: [Route]) -> [Route] { routes }
    package static func buildBlock(_ parts: [Route]...) -> [Route] { parts.flatMap { $0 } }
    package static func buildOptional(_ part: [Route]?) -> [Route] { part ?? [] }
    package static func buildArray(_ parts: [[Route]]) -> [Route] { parts.flatMap { $0 } }
}
