import API
import Surfaces

extension Studio {
    struct EffectPage: Codable, Sendable {
        let category: Category?
        /// Only effects whose name or description has this.
        let search: SearchWords?
        let limit: PageSize?
        let offset: PageOffset?
    }

    /// S4-4.
    var listEffects: Function<EffectPage, EffectsBody> {
        Function(
            name: "listEffects", summary: "What can be shown on a stream.",
            about: "The effects that are built in, then the creator's own, the newest first.",
            scope: .studioRead
        ) { page, creator, occasion in
            let (limit, offset) = (page.limit?.value ?? PageSize.standard, page.offset?.value ?? 0)
            let found = try await effects.list(page, of: creator, limit: limit, offset: offset)
            return EffectsBody(
                data: try found.list.map { try body($0, for: creator, at: occasion.now) },
                total: found.total, limit: limit, offset: offset)
        }
    }
}
