import API
import Identity
import SQL
import Values

extension Studio {
    /// S4-10.
    var createBrandKit: Function<BrandKitWish, TaggedCreation<BrandKitBody>> {
        Function(
            name: "createBrandKit", summary: "Make a brand kit.",
            about: "How many there may be depends on the creator's tier.", scope: .studioWrite,
            failures: [.tierIsFull]
        ) { wish, creator, occasion in
            let kit = try await create(wish, for: creator, at: occasion.now)
            return TaggedCreation(try BrandKitBody(kit), kit.tag)
        }
    }

    /// Counted while nobody else of this creator makes one.
    private func create(
        _ wish: BrandKitWish, for creator: Creator, at now: Instant
    ) async throws -> BrandKit {
        let id = ID<BrandKit>(at: now, from: identity.randomness)
        let kit = try await database.transaction { transaction in
            guard let creator = try await transaction.first(Creator.lock, creator.id) else {
                throw Failure.unauthorized
            }
            let count = try await transaction.first(BrandKit.count, creator.id)?.value ?? 0
            if let max = creator.tier.allowance.brandKits, count >= max {
                throw Failure.tierIsFull.about(["brand kits"])
            }
            return try await transaction.first(
                BrandKit.insert, id, creator.id, wish.name.text, wish.colorPalette,
                wish.typography, wish.motionIntensity.value, wish.allowedCategories, now)
        }
        guard let kit else { throw Failure.unexpected }
        return kit
    }
}
