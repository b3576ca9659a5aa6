import Coding
import HTTP
import Values

/// A route on its surface, as it is served. Made once, and handed around with each request.
package final class MountedRoute: Sendable {
    package let route: Route
    package let surface: Surface
    /// The surface's table, which has a row for each failure that the route may throw.
    let table: FailureTable

    init(route: Route, surface: Surface, table: FailureTable) {
        self.route = route
        self.surface = surface
        self.table = table
    }

    /// `/api/v1/auth/register`
    package var path: String { surface.prefix + route.path }
    /// Unique in the program: `v1Register`.
    package var operationID: String {
        surface.name + route.id.prefix(1).uppercased() + route.id.dropFirst()
    }
    /// The path without the names of its parameters: what two routes must not have in common.
    var shape: String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.first == ":" ? ":" : $0 }.joined(separator: "/")
    }
    /// What it says of input that is wrong.
    func answer(_ invalid: InvalidInput) -> ErrorAnswer {
        var answer = surface.errors.invalid(invalid)
        if let message = route.options.invalidMessage { answer.message = message }
        return answer
    }
    fileprivate var answersHead: Bool { route.method == .get && surface.answersHead }
}

/// Finds the route of a request. Paths without parameters cost one dictionary look-up.
package struct Router: Sendable {
    /// What a path and a method lead to.
    package enum Match: Sendable {
        case found(MountedRoute, PathParameters)
        /// The path is one of ours; these are its routes by other methods.
        case otherMethods([MountedRoute])
        case missing
    }

    private var literal = PathTable()
    private var patterns: [Pattern] = []

    /// Paths with parameters that have the same shape, such as `/a/:b` and `/a/:c`.
    fileprivate struct Pattern {
        let segments: [Substring]
        var routes: [MountedRoute]
    }

    package init(_ routes: [MountedRoute]) {
        for route in routes {
            if route.path.contains("/:") {
                insert(route, pattern: route.path.split(separator: "/"))
            } else {
                literal.insert(route)
            }
        }
        // A literal segment is more particular than a parameter, so it is asked first.
        patterns.sort { $0.parameterPositions.lexicographicallyPrecedes($1.parameterPositions) }
    }

    private mutating func insert(_ route: MountedRoute, pattern segments: [Substring]) {
        let isSame: (Pattern) -> Bool = { pattern in
            pattern.segments.count == segments.count
                && zip(pattern.segments, segments).allSatisfy { a, b in
                    a == b || (a.first == ":" && b.first == ":")
                }
        }
        if let index = patterns.firstIndex(where: isSame) {
            patterns[index].routes.append(route)
        } else {
            patterns.append(Pattern(segments: segments, routes: [route]))
        }
    }

    package func match(_ request: Request) -> Match {
        if let routes = request.head.withPath({ literal.routes(at: $0) }) {
            return Self.choose(request.method, routes) { _ in PathParameters() }
        }
        return match(request.method, parametersOf: request.path)
    }

    private func match(_ method: Method, parametersOf path: String) -> Match {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for pattern in patterns where pattern.matches(segments) {
            return Self.choose(method, pattern.routes) { route in
                PathParameters(of: route.path.split(separator: "/"), in: segments)
            }
        }
        return .missing
    }

    /// HEAD is answered by the route of GET; the server leaves the body out.
    private static func choose(
        _ method: Method, _ routes: [MountedRoute],
        parameters: (MountedRoute) -> PathParameters
    ) -> Match {
        let route =
            routes.first { $0.route.method == method }
            ?? (method == .head ? routes.first(where: \.answersHead) : nil)
        guard let route else { return .otherMethods(routes) }
        return .found(route, parameters(route))
    }
}

extension Router.Pattern {
    fileprivate var parameterPositions: [Int] {
        segments.map { $0.first == ":" ? 1 : 0 }
    }

    fileprivate func matches(_ path: ArraySlice<Substring>) -> Bool {
        path.count == segments.count
            && zip(segments, path).allSatisfy { pattern, segment in
                pattern.first == ":" ? !segment.isEmpty : pattern == segment
            }
    }
}

/// The parameters of a matched path, percent-encoded as sent.
package struct PathParameters: Sendable {
    private var pairs: [(name: Substring, text: Substring)] = []

    init() {}

    var isEmpty: Bool { pairs.isEmpty }

    init(of pattern: [Substring], in path: ArraySlice<Substring>) {
        for (name, text) in zip(pattern, path) where name.first == ":" {
            pairs.append((name.dropFirst(), text))
        }
    }

    /// Names and decoded values. What is not percent-encoding is taken as it stands.
    func decoded() -> [(name: String, text: String)] {
        pairs.map { (String($0.name), PercentEncoding.decode($0.text) ?? String($0.text)) }
    }
}
