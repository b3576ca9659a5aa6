import API

extension Studio {
    /// S4-12.
    var readBrandKit: Function<BrandKitReference, TaggedRead<BrandKitBody>> {
        Function(
            name: "readBrandKit", summary: "One brand kit.", scope: .studioRead,
            failures: [.brandKitNotFound]
        ) { input, creator, occasion in
            guard let kit = try await database.first(BrandKit.find, input.id, creator.id) else {
                throw Failure.brandKitNotFound
            }
            return TaggedRead(try BrandKitBody(kit), kit.tag, to: occasion.request)
        }
    }
}
