import API
import Surfaces

extension Studio {
    var listBrandKits: Function<Page, BrandKitsBody> {
        Function(
            name: "listBrandKits", summary: "The creator's brand kits, the oldest first.",
            scope: .studioRead
        ) { page, creator, _ in
            let (limit, offset) = (page.limit?.value ?? PageSize.standard, page.offset?.value ?? 0)
            let kits = try await database.all(BrandKit.list, creator.id, limit, offset)
            let total = try await database.first(BrandKit.count, creator.id)?.value ?? 0
            return BrandKitsBody(
                data: try kits.map(BrandKitBody.init), total: total, limit: limit, offset: offset)
        }
    }
}
