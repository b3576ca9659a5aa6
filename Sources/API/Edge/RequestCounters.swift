import HTTP
import Logs
import Values

/// What `/metrics` shows of requests.
struct RequestCounters: Sendable {
    private let byClass: [Counter]
    private let duration: Histogram

    init(_ metrics: Metrics) {
        byClass = (1...5).map { digit in
            metrics.counter(
                "atrium_http_requests_total", "Requests answered, by class of status.",
                labels: ["class": "\(digit)xx"])
        }
        duration = metrics.histogram(
            "atrium_http_request_duration_seconds",
            "Time from a request's head to its answer.")
    }

    func count(_ status: Status, _ time: Duration) {
        byClass[min(max(status.kind, 1), 5) - 1].increment()
        duration.observe(time)
    }
}
