import API
import HTTP
import SQL
import Values

extension Studio {
    /// S4-11.
    var updateBrandKit: Function<BrandKitChange, TaggedChange<BrandKitBody>> {
        Function(
            name: "updateBrandKit", summary: "Replace a brand kit.",
            about: "Streams that are under way with it look so at once.", scope: .studioWrite,
            failures: [.brandKitNotFound, .brandKitHasChanged]
        ) { change, creator, occasion in
            let now = occasion.now
            let (kit, streams) = try await database.transaction { transaction in
                try await Self.requireMeant(change.id, of: creator, occasion, transaction)
                let streams = try await Self.streams(with: change.id, in: transaction)
                let kit = try await transaction.first(
                    BrandKit.update, change.id, creator.id, change.name.text, change.colorPalette,
                    change.typography, change.motionIntensity.value, change.allowedCategories, now)
                guard let kit else { throw Failure.brandKitNotFound }
                try await announce(kit, to: streams, at: now, in: transaction)
                return (kit, streams)
            }
            for stream in streams { await tell(stream) }
            return TaggedChange(try BrandKitBody(kit), kit.tag)
        }
    }

    /// Throws unless the kit is in the state that the request means; nobody else changes it meanwhile.
    static func requireMeant(
        _ id: ID<BrandKit>, of creator: Creator, _ occasion: Occasion,
        _ transaction: any Transaction
    ) async throws {
        guard let kit = try await transaction.first(BrandKit.lock, id, creator.id) else {
            throw Failure.brandKitNotFound
        }
        if let request = occasion.request, !Conditions(of: request).means(kit.tag) {
            throw Failure.brandKitHasChanged
        }
    }

    /// Those that are under way with a kit.
    static func streams(
        with kit: ID<BrandKit>, in transaction: any Transaction
    ) async throws -> [ID<StreamSession>] {
        try await transaction.all(StreamSession.runningWith, kit).map(\.value)
    }

    /// Comes last in a transaction: who triggers an effect takes the rows in the same order.
    func announce(
        _ kit: BrandKit?, to streams: [ID<StreamSession>], at now: Instant,
        in transaction: any Transaction
    ) async throws {
        for stream in streams {
            try await append(.brandKit(kit), to: stream, at: now, in: transaction)
        }
    }
}
