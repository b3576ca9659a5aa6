import Identity
import SQL
import Surfaces
import Values

/// All that a creator can show: what is built in, and his own.
struct Effects: Sendable {
    let database: any Database

    /// To whoever does not have it, it is not there.
    func find(_ id: String, of creator: Creator) async throws -> Effect? {
        BuiltInEffects.find(id)
    }

    /// A part of what the page asks for, and how much there is.
    func list(
        _ page: Studio.EffectPage, of creator: Creator, limit: Int, offset: Int
    ) async throws -> (list: [Effect], total: Int) {
        let builtIn = BuiltInEffects.all.filter { $0.isMeant(by: page) }
        return (Array(builtIn.dropFirst(offset).prefix(limit)), builtIn.count)
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
        try EffectBody(effect, for: creator.tier)
    }
}
