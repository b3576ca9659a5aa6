import API
import SQL

extension Studio {
    var deleteBrandKit: Function<BrandKitReference, TaggedDeletion> {
        Function(
            name: "deleteBrandKit", summary: "Delete a brand kit.",
            about: "Streams that are under way with it go on without one.", scope: .studioWrite,
            failures: [.brandKitNotFound, .brandKitHasChanged]
        ) { input, creator, occasion in
            let streams = try await database.transaction { transaction in
                try await Self.requireMeant(input.id, of: creator, occasion, transaction)
                let streams = try await Self.streams(with: input.id, in: transaction)
                try await transaction.execute(BrandKit.delete, input.id, creator.id)
                try await announce(nil, to: streams, at: occasion.now, in: transaction)
                return streams
            }
            for stream in streams { await tell(stream) }
            return TaggedDeletion()
        }
    }
}
