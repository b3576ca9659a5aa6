/// What `wrk` says at its end.
package struct WrkReport: Sendable, Hashable {
    package let requests: Int
    package let rate: Double
    /// Answers that were no 2xx or 3xx.
    package let refused: Int
    /// Connections that were refused or broke, and answers that did not come in time.
    package let socketErrors: Int

    /// Nil when the lines are not the end of a run.
    package init?(_ lines: [String]) {
        guard let requests = lines.first(containing: " requests in ")?.firstNumber,
            let rate = lines.first(containing: "Requests/sec:")?.firstNumber
        else { return nil }
        self.requests = Int(requests)
        self.rate = rate
        refused = Int(lines.first(containing: "Non-2xx or 3xx responses:")?.lastNumber ?? 0)
        let errors = lines.first(containing: "Socket errors:")?.numbers ?? []
        socketErrors = Int(errors.reduce(0, +))
    }
}

/// What `pgbench` says at its end.
package struct PgbenchReport: Sendable, Hashable {
    package let transactions: Int
    package let rate: Double
    package let failed: Int

    package init?(_ lines: [String]) {
        let processed = lines.first(containing: "transactions actually processed:")
        guard let transactions = processed?.firstNumber,
            let rate = lines.first(containing: "tps = ")?.firstNumber
        else { return nil }
        self.transactions = Int(transactions)
        self.rate = rate
        failed = Int(lines.first(containing: "number of failed transactions:")?.firstNumber ?? 0)
    }
}

/// A statement of the program as a script for pgbench: `$1` becomes the first variable.
package func pgbenchScript(_ statement: String, _ variables: [String]) -> String {
    var text = statement
    for (index, variable) in variables.enumerated().reversed() {
        text = text.split(separator: "$\(index + 1)", omittingEmptySubsequences: false)
            .joined(separator: ":\(variable)")
    }
    return text.split(separator: "\n").joined(separator: " ") + ";\n"
}

extension [String] {
    fileprivate func first(containing text: String) -> String? {
        first { $0.contains(text) }
    }
}

extension String {
    fileprivate var numbers: [Double] {
        split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
    }

    fileprivate var firstNumber: Double? { numbers.first }
    fileprivate var lastNumber: Double? { numbers.last }
}
