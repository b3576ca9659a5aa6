import API
import Coding
import HTTP
import Logs
import Synchronization
import Values

/// The routes that every program has: health, metrics and the API's document.
struct SystemRoutes: Sendable {
    static let name = "system"

    let readiness: Readiness
    let metrics: MetricsAccess
    private let document = DocumentBox()

    init(readiness: Readiness, metrics: MetricsAccess) {
        self.readiness = readiness
        self.metrics = metrics
    }

    var module: Module {
        Module(
            Self.name, statements: Readiness.statements,
            parts: [
                SurfacePart(Self.name, failures: Self.edge) {
                    health
                    metricsRoute
                    documentRoute
                }
            ])
    }

    /// Keeps what the API's document is made of. It is made when somebody asks for the first time.
    func describe(_ mount: Mount, _ settings: Settings) {
        document.keep(
            mount,
            OpenAPIDocument.About(
                title: "Atrium", version: Version.number, description: APIWords.description,
                server: settings.effectiveBaseURL, additions: settings.auth.shownFields))
    }

    func documentBytes() throws -> [UInt8] { try document.bytes() }

    private var documentRoute: [Route] {
        Operation(
            "readDocument", .get, "/api/openapi.json", "This document.", options: .machine
        ) { [document] (_: NoInput, _) in
            RawJSON(bytes: try document.bytes())
        }.list
    }

    private var metricsRoute: [Route] {
        Operation(
            "readMetrics", .get, "/metrics", "Metrics in Prometheus' text format.",
            about: """
                For who has the token of the setting `metrics.token`, and without one for programs on \
                the same machine.
                """, failures: [.unauthorized], options: .metrics
        ) { [metrics] (_: NoInput, call) in
            try metrics.read(call.request)
        }.list
    }
}

extension Operation {
    var list: [Route] { [route] }
}

extension RouteOptions {
    /// For what machines ask again and again.
    static var machine: RouteOptions {
        var options = RouteOptions()
        options.countsAsTraffic = false
        return options
    }

    static var metrics: RouteOptions {
        var options = machine
        options.optionalSchemes = [
            SecurityScheme(
                "metricsToken", .bearer(format: "opaque"),
                "The token of the setting `metrics.token`.")
        ]
        return options
    }
}

/// JSON that is written already.
struct RawJSON: OperationOutput {
    let bytes: [UInt8]

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(
            .ok, "An OpenAPI 3.1 document.", mediaType: "application/json",
            schema: .dictionary(of: .any),
            example: ["openapi": "3.1.0", "info": ["title": "Atrium", "version": "1"]])
    }

    func response() -> Response { .json(bytes) }
}

/// The OpenAPI document, made once.
private final class DocumentBox: Sendable {
    private struct State {
        var source: (mount: Mount, about: OpenAPIDocument.About)?
        var bytes: [UInt8]?
    }

    private let state = Mutex(State())

    func keep(_ mount: Mount, _ about: OpenAPIDocument.About) {
        state.withLock { $0 = State(source: (mount, about)) }
    }

    func bytes() throws -> [UInt8] {
        try state.withLock { state in
            if let bytes = state.bytes { return bytes }
            guard let source = state.source else { throw Failure.notFound }
            let document = try OpenAPIDocument(source.mount, source.about)
            let bytes = document.json.bytes()
            state.bytes = bytes
            return bytes
        }
    }
}
