/// Numbers as a table shows them.
package enum Text {
    /// `41,235/s`; small rates with one digit after the point.
    package static func rate(_ rate: Double) -> String {
        (rate < 1000 ? decimal(rate, 1) : grouped(Int(rate.rounded()))) + "/s"
    }

    package static func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = Int((value.magnitude * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        if digits == 0 { return sign + "\(scaled)" }
        let fraction = "\(scaled % Int(scale))"
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return sign + "\(scaled / Int(scale)).\(zeros)\(fraction)"
    }

    package static func grouped(_ number: Int) -> String {
        var digits = Array("\(number)")
        for index in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(",", at: index)
        }
        return String(digits)
    }

    /// `1.2 / 3.4 / 5.6`: p50, p95, p99.
    package static func times(_ times: Percentiles, digits: Int) -> String {
        [times.p50, times.p95, times.p99].map { decimal($0, digits) }.joined(separator: " / ")
    }
}
