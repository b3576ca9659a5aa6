import Coding
import Studio
import Values

/// The `studio` section: the app that shows effects on streams ([studio.md](studio.md)), where `apps`
/// names it.
package struct StudioSettings: Codable, Sendable {
    /// What creators are given when they come for the first time; `atrium studio tier` changes it for
    /// each.
    package var tier = Studio.Tier.free
    /// Effects that one creator may trigger in a minute. One more is answered with 429.
    package var triggersPerMinute: PositiveCount = 120
    /// How long it is kept which effects were triggered. What was counted of a session stays.
    package var keepActivations: TimeSpan = "90d"

    init() {}
}

extension Studio.Options {
    init(_ settings: StudioSettings) {
        self.init()
        tier = settings.tier
        triggersPerMinute = settings.triggersPerMinute.value
        keepsActivations = settings.keepActivations.duration
    }
}
