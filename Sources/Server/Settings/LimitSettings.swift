import Coding
import Values

/// The `limits` section: what one caller may ask for. Where the database is PostgreSQL, guards
/// count for all nodes together; traffic is counted by each node for itself.
package struct LimitSettings: Codable, Sendable {
    /// Whether sign-ins, sign-ups and codes are limited and accounts are locked after too many
    /// wrong passwords.
    package var guards = true
    package var traffic: TrafficSettings

    init(_ environment: RunEnvironment) {
        traffic = TrafficSettings(environment)
    }
}

/// The `limits.traffic` section.
package struct TrafficSettings: Codable, Sendable {
    /// Whether requests are counted per user, or per network where nobody is signed in.
    package var isOn: Bool
    /// Requests that are answered within `window`; one more is answered with 429.
    package var requests: PositiveCount = 100
    /// How long a caller's requests are counted together.
    package var window: TimeSpan = "1m"

    init(_ environment: RunEnvironment) {
        isOn = environment == .prod
    }
}
