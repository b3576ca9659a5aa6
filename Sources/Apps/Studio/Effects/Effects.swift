import Identity
import SQL
import Surfaces
import Values

/// All that a creator can show: what is built in, and his own.
struct Effects: Sendable {
    let database: any Database

    /// To whoever does not have it, it is not there.
    func find(_ id: String, of creator: Creator) async throws -> Effect? {
        if let builtIn = BuiltInEffects.find(id) { return builtIn }
        guard let id = ID<UploadedEffect>(id) else { return nil }
        return try await database.first(UploadedEffect.find, id, creator.id)?.effect
    }

    /// A part of what the page asks for, and how much there is: what is built in comes first, as if it
    /// were one list.
    func list(
        _ page: Studio.EffectPage, of creator: Creator, limit: Int, offset: Int
    ) async throws -> (list: [Effect], total: Int) {
        let builtIn = BuiltInEffects.all.filter { $0.isMeant(by: page) }
        var list = Array(builtIn.dropFirst(offset).prefix(limit))
        let (category, pattern) = (page.category?.rawValue ?? "", page.search?.pattern ?? "%")
        let count = try await database.first(
            UploadedEffect.count, creator.id, category, pattern)
        if list.count < limit {
            let uploads = try await database.all(
                UploadedEffect.list, creator.id, category, pattern, limit - list.count,
                max(0, offset - builtIn.count))
            list += uploads.map(\.effect)
        }
        return (list, builtIn.count + (count?.value ?? 0))
    }
}

extension Effect {
    fileprivate func isMeant(by page: Studio.EffectPage) -> Bool {
        if let category = page.category, category != self.category { return false }
        guard let search = page.search else { return true }
        return search.isFound(in: name) || search.isFound(in: description)
    }
}

extension Studio {
    var effects: Effects { Effects(database: database) }

    func body(_ effect: Effect, for creator: Creator, at now: Instant) throws -> EffectBody {
        let media = effect.media.map { media in
            MediaBody(url: files.link(to: media.file, at: now), type: media.kind.rawValue)
        }
        return try EffectBody(effect, for: creator.tier, media: media)
    }
}
