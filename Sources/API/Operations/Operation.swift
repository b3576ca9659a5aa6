import Coding
import HTTP
import Values

/// One thing a client can ask for: its route, its input and output, its failures and its code.
///
/// Where input fields come from is a rule: those named in the path come from the path, the rest from
/// the query for GET and DELETE and from the body otherwise. The router, the API's document, the
/// limits and the tests all read the same operation.
package struct Operation<Input: Sendable, Output: OperationAnswer>: Sendable {
    package var route: Route
}

extension Operation where Input: Codable, Output: OperationOutput {
    /// An operation that anybody may call.
    package init(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        about: String? = nil, failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        run: @escaping @Sendable (Input, Call) async throws -> Output
    ) {
        let shape = InputShape<Input>(remainder: method.remainder)
        let reader = RequestReader(shape, method: method, options: options)
        route = Self.route(
            id, method, path, summary, about, failures, [], options, shape, Output.documentation
        ) { call, parameters, mounted in
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
        self.init(
            id, method, path, summary, about, failures, options, `guard`,
            InputShape(remainder: method.remainder), Output.documentation, run)
    }
}

extension Operation {
    /// An operation behind a guard whose input and output are known at run time only: what the
    /// document says of them is given as values. In all else it is as every other.
    package init<Passed: Sendable>(
        _ id: String, _ method: Method, _ path: String, _ summary: String,
        about: String? = nil, failures: [Failure] = [], options: RouteOptions = RouteOptions(),
        guard: Guard<Passed>, input: InputShape<Input>, output: OutputDocumentation,
        run: @escaping @Sendable (Input, Passed, Call) async throws -> Output
    ) {
        self.init(
            id, method, path, summary, about, failures, options, `guard`, input, { output }, run)
    }

    private init<Passed: Sendable>(
        _ id: String, _ method: Method, _ path: String, _ summary: String, _ about: String?,
        _ failures: [Failure], _ options: RouteOptions, _ permission: Guard<Passed>,
        _ shape: InputShape<Input>, _ output: @escaping @Sendable () throws -> OutputDocumentation,
        _ run: @escaping @Sendable (Input, Passed, Call) async throws -> Output
    ) {
        let reader = RequestReader(shape, method: method, options: options)
        let all = permission.failures + failures.filter { !permission.failures.contains($0) }
        route = Self.route(
            id, method, path, summary, about, all, permission.schemes, options, shape, output
        ) { call, parameters, mounted in
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
        _ shape: InputShape<Input>, _ output: @escaping @Sendable () throws -> OutputDocumentation,
        respond: @escaping Route.Responder
    ) -> Route {
        Route(
            id: id, method: method, path: path, summary: summary, about: about,
            failures: failures, schemes: schemes, options: options,
            documentation: {
                RouteDocumentation(
                    input: try shape.documentation(), output: try output(),
                    form: try options.form?.shape())
            },
            respond: respond)
    }
}

extension Method {
    /// Where fields come from that are not in the path.
    var remainder: InputReader.Remainder {
        self == .get || self == .head || self == .delete ? .query : .body
    }
}

/// The input of an operation that takes none.
package struct NoInput: Codable, Sendable {
    package init() {}
}
