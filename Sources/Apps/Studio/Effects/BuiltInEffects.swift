/// The effects that come with the program. What they look like is drawn by the overlay's page, under
/// the same ids.
enum BuiltInEffects {
    static let all: [Effect] = [
        Effect(
            id: "confetti", name: "Confetti",
            description: "Paper rains down in the brand's colours.",
            category: .celebration, motion: 3, tier: .free, duration: .seconds(6)),
        Effect(
            id: "fireworks", name: "Fireworks",
            description: "Rockets burst over the whole picture.",
            category: .celebration, motion: 4, tier: .creator, duration: .seconds(8)),
        Effect(
            id: "hearts", name: "Hearts", description: "Hearts rise from below.",
            category: .celebration, motion: 2, tier: .free, duration: .seconds(6)),
        Effect(
            id: "balloons", name: "Balloons", description: "Balloons drift up and out of sight.",
            category: .celebration, motion: 2, tier: .free, duration: .seconds(8)),
        Effect(
            id: "spotlight", name: "Spotlight", description: "All but the middle goes dark.",
            category: .focus, motion: 2, tier: .free, duration: .seconds(8)),
        Effect(
            id: "lower-third", name: "Lower third",
            description: "A line of text on a bar, at the lower left.", category: .text, motion: 1,
            tier: .free, duration: .seconds(8), takesText: true),
        Effect(
            id: "shout-out", name: "Shout-out", description: "A large line of text in the middle.",
            category: .text, motion: 2, tier: .free, duration: .seconds(6), takesText: true),
        Effect(
            id: "countdown", name: "Countdown", description: "Counts down, with a line of text.",
            category: .text, motion: 2, tier: .creator, duration: .seconds(10), takesText: true),
        Effect(
            id: "snow", name: "Snow", description: "Snow falls slowly.", category: .ambient,
            motion: 1, tier: .free, duration: .seconds(12)),
        Effect(
            id: "starfield", name: "Starfield", description: "A flight through stars.",
            category: .ambient, motion: 2, tier: .creator, duration: .seconds(12)),
        Effect(
            id: "aurora", name: "Aurora", description: "Bands of light move along the top.",
            category: .ambient, motion: 1, tier: .professional, duration: .seconds(12)),
        Effect(
            id: "glitch", name: "Glitch", description: "The picture tears and flickers.",
            category: .transition, motion: 5, tier: .professional, duration: .seconds(4)),
        Effect(
            id: "wipe", name: "Wipe", description: "A bar of the brand's colour sweeps across.",
            category: .transition, motion: 3, tier: .free, duration: .seconds(4)),
    ]

    static func find(_ id: String) -> Effect? { all.first { $0.id == id } }
}
