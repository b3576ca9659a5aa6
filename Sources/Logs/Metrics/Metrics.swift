import Synchronization

/// The numbers that a program tells of itself, in Prometheus' text format.
///
/// Each program has its own. Names are registered once, when the program is put together; whoever
/// counts keeps the counter and never looks it up again.
package final class Metrics: Sendable {
    private let families = Mutex<[Family]>([])

    package init() {}

    package func counter(
        _ name: StaticString, _ help: StaticString, labels: MetricLabels = [:]
    ) -> Counter {
        let counter = Counter()
        register(name, help, .counter, labels, .counter(counter))
        return counter
    }

    package func gauge(
        _ name: StaticString, _ help: StaticString, labels: MetricLabels = [:]
    ) -> Gauge {
        let gauge = Gauge()
        register(name, help, .gauge, labels, .gauge(gauge))
        return gauge
    }

    /// A gauge that is read when someone asks: queue lengths, memory. Must not wait.
    package func gauge(
        _ name: StaticString, _ help: StaticString, labels: MetricLabels = [:],
        reading read: @escaping @Sendable () -> Double
    ) {
        register(name, help, .gauge, labels, .reading(read))
    }

    /// A counter that is kept elsewhere and read when someone asks. Must never fall, nor wait.
    package func counter(
        _ name: StaticString, _ help: StaticString, labels: MetricLabels = [:],
        reading read: @escaping @Sendable () -> Double
    ) {
        register(name, help, .counter, labels, .reading(read))
    }

    package func histogram(
        _ name: StaticString, _ help: StaticString, labels: MetricLabels = [:],
        buckets: HistogramBuckets = .seconds
    ) -> Histogram {
        let histogram = Histogram(buckets)
        register(name, help, .histogram, labels, .histogram(histogram))
        return histogram
    }

    /// One counter for each value of a closed set, such as the class of a status.
    package func counters<Label: MetricLabel>(
        _ name: StaticString, _ help: StaticString, by _: Label.Type = Label.self,
        labels: MetricLabels = [:]
    ) -> MetricSet<Label, Counter> {
        MetricSet { counter(name, help, labels: labels.with(Label.labelName, $0.rawValue)) }
    }

    /// One histogram for each value of a closed set.
    package func histograms<Label: MetricLabel>(
        _ name: StaticString, _ help: StaticString, by _: Label.Type = Label.self,
        labels: MetricLabels = [:], buckets: HistogramBuckets = .seconds
    ) -> MetricSet<Label, Histogram> {
        MetricSet { label in
            histogram(
                name, help, labels: labels.with(Label.labelName, label.rawValue), buckets: buckets)
        }
    }

    /// Everything, in the text format, version 0.0.4, in the order it was registered.
    package var text: String {
        let families = families.withLock { $0 }
        var text = MetricText()
        for family in families { text.write(family) }
        return text.text
    }

    /// The media type of `text`.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private func register(
        _ name: StaticString, _ help: StaticString, _ kind: Kind, _ labels: MetricLabels,
        _ value: Sample.Value
    ) {
        let name = "\(name)"
        precondition(isMetricName(name), "a metric has a Prometheus name")
        families.withLock { families in
            let sample = Sample(labels: labels, value: value)
            guard let index = families.firstIndex(where: { $0.name == name }) else {
                let family = Family(name: name, help: "\(help)", kind: kind, samples: [sample])
                return families.append(family)
            }
            let isNew = !families[index].samples.contains { $0.labels == labels }
            precondition(families[index].kind == kind && isNew, "a metric is registered once")
            families[index].samples.append(sample)
        }
    }
}

extension Metrics {
    enum Kind: String { case counter, gauge, histogram }

    /// All that has one name.
    struct Family {
        let name: String
        let help: String
        let kind: Kind
        var samples: [Sample]
    }

    struct Sample {
        enum Value {
            case counter(Counter)
            case gauge(Gauge)
            case histogram(Histogram)
            case reading(@Sendable () -> Double)
        }

        let labels: MetricLabels
        let value: Value
    }
}
