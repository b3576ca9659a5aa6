import Coding
import SQL
import Values

/// What is counted of one stream. Kept as JSON in its row.
struct StreamMetrics: Codable, Hashable, Sendable {
    var activations = 0
    /// Effects that the brand kit did not allow.
    var refused = 0
    var byCategory: [String: Int] = [:]
    var pausedMicroseconds: Int64 = 0
    var lastTriggeredAt: Instant?

    mutating func count(_ category: Studio.Category, at now: Instant) {
        activations += 1
        byCategory[category.rawValue, default: 0] += 1
        lastTriggeredAt = now
    }

    func count(of category: Studio.Category) -> Int { byCategory[category.rawValue] ?? 0 }
}

extension StreamMetrics: StoredJSON {
    static var sqlExample: (any SQLValue)? { StreamMetrics() }
}
