/// Names and values that tell the samples of one metric apart, in their order.
///
/// Values come from closed sets: what clients send never becomes one, because each new value is a
/// series that is kept for ever.
package struct MetricLabels: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    private(set) var labels: [Label]

    package init(dictionaryLiteral elements: (String, String)...) {
        labels = []
        for (name, value) in elements { append(name, value) }
    }

    func with(_ name: String, _ value: String) -> MetricLabels {
        var labels = self
        labels.append(name, value)
        return labels
    }

    private mutating func append(_ name: String, _ value: String) {
        precondition(isMetricName(name) && !name.contains(":"), "a label has a Prometheus name")
        precondition(!labels.contains { $0.name == name }, "each label once")
        labels.append(Label(name: name, value: value))
    }
}

/// A closed set of label values: `enum StatusClass: String, MetricLabel`.
package protocol MetricLabel: CaseIterable, Hashable, RawRepresentable<String>, Sendable {
    static var labelName: String { get }
}

/// A metric for each value of a closed set.
package struct MetricSet<Label: MetricLabel, Metric: Sendable>: Sendable {
    private let metrics: [Label: Metric]

    init(_ make: (Label) -> Metric) {
        var metrics: [Label: Metric] = [:]
        for label in Label.allCases { metrics[label] = make(label) }
        self.metrics = metrics
    }

    /// Costs a hash; keep the metric where that matters.
    package subscript(_ label: Label) -> Metric {
        guard let metric = metrics[label] else {
            preconditionFailure("all cases of a label have a metric")
        }
        return metric
    }
}

/// `[a-zA-Z_:][a-zA-Z0-9_:]*`.
func isMetricName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") || isDigit(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}
