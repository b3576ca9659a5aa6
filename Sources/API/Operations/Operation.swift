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
        failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        run: @escaping @Sendable (Input, Call) async throws -> Output
    ) {
        self.init(
            id, method, path, summary, failures: failures, options: options,
            guard: Guard<Void>(schemes: [], failures: [], check: { _ in }),
            run: { input, _, call in try await run(input, call) })
    }

    /// An operation behind a guard.
    package init<Passed: Sendable>(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        guard: Guard<Passed>,
        run: @escaping @Sendable (Input, Passed, Call) async throws -> Output
    ) {
        let reader = RequestReader<Input>(method: method, path: path, options: options)
        let permission = `guard`
        route = Route(
            id: id, method: method, path: path, summary: summary,
            failures: permission.failures + failures.filter { !permission.failures.contains($0) },
            schemes: permission.schemes, options: options,
            documentation: {
                RouteDocumentation(
                    input: try SchemaReader.read(Input.self).schema,
                    output: try Output.documentation())
            },
            respond: { call, parameters, surface in
                let passed = try await permission.pass(call, counts: options.countsAsTraffic)
                let input = try await reader.read(call, parameters, on: surface)
                return try await run(input, passed, call).response()
            })
    }
}

/// The input of an operation that takes none.
package struct NoInput: Codable, Sendable {
    package init() {}
}
