import Logs
import Testing

private enum StatusClass: String, MetricLabel {
    static let labelName = "status"
    case success = "2xx"
    case failure = "5xx"
}

@Suite struct MetricsTests {
    @Test func `numbers are told in Prometheus' text format`() {
        let metrics = Metrics()
        let requests = metrics.counters("http_requests_total", "Requests.", by: StatusClass.self)
        let connections = metrics.gauge("http_connections", "Open connections.")
        let pool = metrics.gauge("pool_waiting", "Waiting jobs.", labels: ["pool": "hash"])
        let other = metrics.gauge("pool_waiting", "Waiting jobs.", labels: ["pool": "a\"b\\c\nd"])
        metrics.gauge("temperature", "A \\ and\na line.") { 36.6 }
        let seconds = metrics.histogram(
            "http_seconds", "Time.", labels: ["surface": "v1"],
            buckets: HistogramBuckets([0.1, 1, 10]))
        requests[.success].increment()
        requests[.success].increment(by: 2)
        connections.add(5)
        connections.add(-2)
        pool.set(7)
        other.set(-1)
        for value in [0.05, 0.1, 0.5, 100, .nan] { seconds.observe(value) }
        seconds.observe(.milliseconds(1500))
        let text = """
            # HELP http_requests_total Requests.
            # TYPE http_requests_total counter
            http_requests_total{status="2xx"} 3
            http_requests_total{status="5xx"} 0
            # HELP http_connections Open connections.
            # TYPE http_connections gauge
            http_connections 3
            # HELP pool_waiting Waiting jobs.
            # TYPE pool_waiting gauge
            pool_waiting{pool="hash"} 7
            pool_waiting{pool="a\\"b\\\\c\\nd"} -1
            # HELP temperature A \\\\ and\\na line.
            # TYPE temperature gauge
            temperature 36.6
            # HELP http_seconds Time.
            # TYPE http_seconds histogram
            http_seconds_bucket{surface="v1",le="0.1"} 2
            http_seconds_bucket{surface="v1",le="1"} 3
            http_seconds_bucket{surface="v1",le="10"} 4
            http_seconds_bucket{surface="v1",le="+Inf"} 5
            http_seconds_sum{surface="v1"} 102.15
            http_seconds_count{surface="v1"} 5

            """
        #expect(metrics.text == text)
    }

    @Test func `nothing is counted twice or lost by many at once`() async {
        let counter = Counter()
        let gauge = Gauge()
        let histogram = Histogram(HistogramBuckets([1]))
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.increment()
                        gauge.add(1)
                        gauge.add(-1)
                        histogram.observe(0.5)
                    }
                }
            }
        }
        #expect(counter.value == 8000)
        #expect(gauge.value == 0)
        #expect(histogram.bucketCounts == [8000, 0])
        #expect(histogram.total == 4000)
    }

    @Test func `two registries know nothing of each other`() {
        let (one, two) = (Metrics(), Metrics())
        one.counter("events_total", "Events.").increment()
        let counter = two.counter("events_total", "Events.")
        #expect(counter.value == 0)
        #expect(Metrics().text == "")
    }
}
