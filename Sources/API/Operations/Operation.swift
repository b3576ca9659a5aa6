import Coding
import HTTP
import Values

/// One thing a client can ask for: its route, its input and output, its failures and its code.
///
/// Where input fields come from is a rule: those named in the path come from the path, the rest from
/// the query for GET and DELETE and from the body otherwise. The router, the API's document, the
/// limits and the tests all read the same operation.
package struct Operation<Input: Codable & Sendable, Output: OperationOutput>: Sendable {
    package var route: Route

    /// An operation that anybody may call.
    package init(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        about: String? = nil, failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        run: @escaping @Sendable (Input, Call) async throws -> Output
    ) {
        let reader = RequestReader<Input>(method: method, path: path, options: options)
        route = Self.route(id, method, path, summary, about, failures, [], options) {
            call, parameters, mounted in
            if options.countsAsTraffic { try call.countTraffic() }
            let input =
                reader.isImmediate
                ? try reader.readAtOnce(call, parameters, on: mounted)
                : try await reader.read(call, parameters, on: mounted)
            return try await run(input, call).response()
        }
    }

    /// An operation behind a guard.
    package init<Passed: Sendable>(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        about: String? = nil, failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        guard: Guard<Passed>,
        run: @escaping @Sendable (Input, Passed, Call) async throws -> Output
    ) {
        let reader = RequestReader<Input>(method: method, path: path, options: options)
        let permission = `guard`
        let all = permission.failures + failures.filter { !permission.failures.contains($0) }
        route = Self.route(id, method, path, summary, about, all, permission.schemes, options) {
            call, parameters, mounted in
            try reader.checkType(call.request, on: mounted.surface)
            let passed: Passed
            do {
                passed = try await permission.check(call)
            } catch let failure as Failure where failure == .unauthorized {
                // Nobody was found to count the request for, so it counts for its network.
                if options.countsAsTraffic { try call.countTraffic() }
                throw failure
            }
            if options.countsAsTraffic { try call.countTraffic() }
            let input =
                reader.isImmediate
                ? try reader.readAtOnce(call, parameters, on: mounted)
                : try await reader.read(call, parameters, on: mounted)
            return try await run(input, passed, call).response()
        }
    }

    private static func route(
        _ id: String, _ method: Method, _ path: String, _ summary: String, _ about: String?,
        _ failures: [Failure], _ schemes: [SecurityScheme], _ options: RouteOptions,
        respond: @escaping Route.Responder
    ) -> Route {
        Route(
            id: id, method: method, path: path, summary: summary, about: about,
            failures: failures, schemes: schemes, options: options,
            documentation: {
                RouteDocumentation(
                    input: try SchemaExample(of: Input.self),
                    output: try Output.documentation())
            },
            respond: respond)
    }
}

/// The input of an operation that takes none.
package struct NoInput: Codable, Sendable {
    package init() {}
}
