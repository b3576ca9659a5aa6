import Coding
import HTTP
import Logs
import Loop
import SQL
import Values

/// Answers requests: the way from a request to an operation and back.
///
/// A request gets an id, is matched to a route, counted, guarded, read, run and answered in its
/// surface's words; then it is logged and measured. Nothing that a handler throws leaves this type.
package final class Application: Sendable {
    /// What an application needs from outside.
    package struct Environment: Sendable {
        package var clock: Clock
        package var randomness: Randomness
        package var logger: Logger
        package var metrics: Metrics

        package init(clock: Clock, randomness: Randomness, logger: Logger, metrics: Metrics) {
            self.clock = clock
            self.randomness = randomness
            self.logger = logger
            self.metrics = metrics
        }
    }

    /// What an operator may choose about the edge, the same for all surfaces.
    package struct Options: Sendable {
        package var allowedOrigins: Set<String> = []
        /// Requests per caller. Nil counts nothing.
        package var traffic: TrafficLimit?
        /// Bytes a body may have where the operation does not say.
        package var bodyBytesMax = 1 << 20
        /// Whether each request is a line in the log.
        package var logsRequests = true
        /// `Content-Security-Policy` of answers that bring none: of an API's data, which is no page.
        package var contentSecurityPolicy: String?

        package init() {}
    }

    package let mount: Mount
    private let router: Router
    private let cors: CORS
    private let surroundings: Call.Surroundings
    private let contentPolicy: Fields
    private let options: Options
    private let environment: Environment
    private let requestIDs: RequestIDs
    private let counters: RequestCounters

    package init(_ mount: Mount, _ options: Options, _ environment: Environment) {
        self.mount = mount
        self.options = options
        self.environment = environment
        router = Router(mount.routes)
        cors = CORS(origins: options.allowedOrigins)
        contentPolicy = Fields(
            options.contentSecurityPolicy.map { [Fields.Field(.contentSecurityPolicy, $0)] } ?? [])
        surroundings = Call.Surroundings(
            logger: environment.logger, bodyBytesMax: options.bodyBytesMax,
            traffic: options.traffic.map(TrafficLimiter.init))
        requestIDs = RequestIDs(environment.randomness)
        counters = RequestCounters(environment.metrics)
    }

    package func respond(to request: Request) async -> Response {
        let call = Call(
            request: request, now: environment.clock.now, requestID: requestIDs.id(of: request),
            in: surroundings)
        var response: Response
        if CORS.isPreflight(request) {
            response = cors.preflight(request)
        } else {
            switch router.match(request) {
            case .found(let mounted, let parameters):
                if let refusal = mounted.surface.refusal(of: call) {
                    response = refusal
                    break
                }
                do {
                    response = try await mounted.route.respond(call, parameters, mounted)
                    mounted.forbidCaching(&response)
                    mounted.surface.finish?(&response, request)
                } catch {
                    response = answer(error, mounted, call)
                }
            case .otherMethods(let routes): response = wrongMethod(routes, call)
            case .missing: response = missing(call)
            }
        }
        finish(call, &response)
        return response
    }

    private func answer(_ error: any Error, _ mounted: MountedRoute, _ call: Call) -> Response {
        // Nobody waits for the answer any more, and nothing went wrong.
        if error is CancellationError, Task.isCancelled { return Response(.serviceUnavailable) }
        if let error = error as? InvalidInput {
            return mounted.surface.response(mounted.answer(error))
        }
        let failure = Failure(at: error)
        if failure.isOurs || !mounted.declares(failure) { call.report(failure) }
        var response = mounted.surface.response(to: failure, mounted.table)
        if mounted.route.options.refusesInPlainText, let word = failure.plainWord(for: call.request)
        {
            response = .text(word, status: response.status)
        }
        if failure == .unauthorized { mounted.route.challenge(&response) }
        if response.status == .unauthorized, mounted.route.options.refusesCallersSilently {
            response.body = .empty
        }
        if failure == .upgradeRequired { WebSocketHandshake.Refusal.invite(&response) }
        return response
    }

    private func wrongMethod(_ routes: [MountedRoute], _ call: Call) -> Response {
        let surface = routes[0].surface
        if let unknown = surface.unknown { return unknown() }
        var response = surface.response(to: .methodNotAllowed, routes[0].table)
        response.fields[.allow] = routes.flatMap(\.methods).sorted().joined(separator: ", ")
        return response
    }

    private func missing(_ call: Call) -> Response {
        guard let surface = mount.surface(answering: call.request.path) else {
            return Response(.notFound)
        }
        if let unknown = surface.unknown { return unknown() }
        return surface.response(to: .notFound, mount.table(of: surface))
    }

    // MARK: After the answer

    /// What every answer gets, and what is kept of it.
    private func finish(_ call: Call, _ response: inout Response) {
        response.fields.append(.xRequestID, call.requestID)
        cors.decorate(&response, for: call.request)
        call.limit?.decorate(&response)
        if !response.fields.contains(.contentSecurityPolicy) {
            response.fields.append(contentsOf: contentPolicy)
        }
        let duration = environment.clock.now - call.now
        counters.count(response.status, duration)
        guard options.logsRequests else { return }
        call.logger.with(requestID: call.requestID, userID: call.userID).info(
            "\(call.request.method) \(call.request.path)", duration: duration,
            ["status": .integer(Int64(response.status.code))])
    }
}

extension Surface {
    /// The answer to a request that is one too many for its address and path.
    fileprivate func refusal(of call: Call) -> Response? {
        guard let pathLimiter, let limited,
            let wait = pathLimiter.count(call.request, below: prefix, at: call.now)
        else { return nil }
        return limited(wait)
    }

    func response(to failure: Failure, _ table: FailureTable) -> Response {
        var response = response(table.answer(failure))
        if let wait = failure.retryAfter {
            let seconds = String(wait.roundedUpToSeconds)
            response.fields[.retryAfter] = seconds
            if repeatsRetryAfter { response.fields[.xRetryAfter] = seconds }
        }
        return response
    }

    func response(_ answer: ErrorAnswer) -> Response {
        .json(errors.body(answer).bytes(), status: answer.status)
    }
}

extension Route {
    /// Says how to sign in, as every 401 must (RFC 9110 §15.5.2), where HTTP has a name for it.
    fileprivate func challenge(_ response: inout Response) {
        if takesBearer { response.fields[.wwwAuthenticate] = "Bearer" }
    }

    /// Whether a caller can show who he is by `Authorization: Bearer`.
    var takesBearer: Bool {
        (schemes + options.optionalSchemes).contains {
            if case .bearer = $0.kind { true } else { false }
        }
    }
}

extension MountedRoute {
    private static let noStore: Fields = [.cacheControl: "no-store"]

    fileprivate func forbidCaching(_ response: inout Response) {
        if surface.forbidsCaching, !response.fields.contains(.cacheControl) {
            response.fields.append(contentsOf: Self.noStore)
        }
    }

    /// Whether clients were told that the route may answer so.
    fileprivate func declares(_ failure: Failure) -> Bool {
        route.failures.contains(failure) || Failure.edge.contains(failure)
            || surface.admissionFailures.contains(failure)
    }

    /// The methods that it answers.
    fileprivate var methods: [String] {
        route.method == .get && surface.answersHead ? ["GET", "HEAD"] : [route.method.name]
    }
}

extension Failure {
    var isOurs: Bool { self == .unexpected || self == .busy }

    /// What a refused caller reads who did not name JSON among what he takes.
    fileprivate func plainWord(for request: Request) -> String? {
        request.explicitlyAccepts(.json) ? nil : plainWord
    }

    /// Who may not, in one word.
    var plainWord: String? {
        switch self {
        case .unauthorized: "Unauthorized"
        case .forbidden: "Forbidden"
        default: nil
        }
    }

    /// What an operation threw, as a failure.
    init(at error: any Error) {
        self =
            switch error {
            case let failure as Failure: failure
            case let error as DatabaseError where error.isTemporary:
                Failure.busy.retry(after: .seconds(1)).because(error)
            case is PoolIsFull: Failure.busy.retry(after: .seconds(1)).because(error)
            case let error as BodyError: Failure(error)
            default: Failure.unexpected.because(error)
            }
    }
}
