import Coding
import Values

/// The `metrics` section.
package struct MetricsSettings: Codable, Sendable {
    /// A token that opens `/metrics` to a scraper on another machine, sent as `Authorization:
    /// Bearer`. Without it only clients on this machine are answered, and no request that a proxy
    /// passed on.
    package var token: AccessSecret?

    init() {}
}
