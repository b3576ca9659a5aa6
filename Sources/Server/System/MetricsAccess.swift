import API
import HTTP
import Logs
import Secrets
import Values

/// Lets read the metrics who may: whoever has the token, and without one programs on this machine.
///
/// A request that names a proxy is refused unless it has the token.
struct MetricsAccess: Sendable {
    let metrics: Metrics
    let token: Secret<String>?

    func read(_ request: Request) throws -> MetricsText {
        guard isAllowed(request) else { throw Failure.unauthorized }
        return MetricsText(text: metrics.text)
    }

    private func isAllowed(_ request: Request) -> Bool {
        if let sent = request[.authorization], let token {
            return constantTimeEquals(
                Array(sent.utf8), Array("Bearer \(token.exposed)".utf8))
        }
        return request.isFromThisMachine
    }
}

/// Metrics in Prometheus' text format.
struct MetricsText: OperationOutput {
    let text: String

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(
            .ok, "The metrics.", mediaType: "text/plain", schema: .string,
            example: .string(
                """
                # TYPE atrium_http_requests_total counter
                atrium_http_requests_total{class="2xx"} 1

                """))
    }

    func response() -> Response {
        Response(
            .ok, fields: [.contentType: Metrics.mediaType, .cacheControl: "no-store"],
            body: .bytes(Array(text.utf8)))
    }
}
