/// Writes Prometheus' text format, version 0.0.4.
struct MetricText {
    private(set) var text = ""

    mutating func write(_ family: Metrics.Family) {
        text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples { write(sample, family.name) }
    }

    private mutating func write(_ sample: Metrics.Sample, _ name: String) {
        switch sample.value {
        case .counter(let counter): line(name, sample.labels, String(counter.value))
        case .gauge(let gauge): line(name, sample.labels, String(gauge.value))
        case .reading(let read): line(name, sample.labels, number(read()))
        case .histogram(let histogram): write(histogram, name, sample.labels)
        }
    }

    /// Buckets count all values up to their bound, so each holds those before it too.
    private mutating func write(_ histogram: Histogram, _ name: String, _ labels: MetricLabels) {
        var count: UInt64 = 0
        let bounds = histogram.bounds.map(number) + ["+Inf"]
        for (bound, inBucket) in zip(bounds, histogram.bucketCounts) {
            count &+= inBucket
            line(name + "_bucket", labels.with("le", bound), String(count))
        }
        line(name + "_sum", labels, number(histogram.total))
        line(name + "_count", labels, String(count))
    }

    private mutating func line(_ name: String, _ labels: MetricLabels, _ value: String) {
        text += name
        if !labels.labels.isEmpty {
            let pairs = labels.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
            text += "{" + pairs.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    private func number(_ value: Double) -> String {
        switch value {
        case .infinity: "+Inf"
        case -.infinity: "-Inf"
        case _ where value.isNaN: "NaN"
        case _ where value == value.rounded() && abs(value) < 1e15: String(Int64(value))
        default: "\(value)"
        }
    }

    private func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
