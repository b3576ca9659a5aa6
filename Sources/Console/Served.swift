import API
import HTTP

/// A page or an asset, with what a browser needs to know of it.
struct Served: OperationOutput {
    private let answer: Response

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(.ok, "The page.", mediaType: "text/html", schema: .string)
    }

    func response() -> Response { answer }

    /// A page is asked for again each time, and answered with 304 while it is the same.
    init(page: Representation?, to request: Request, mayBeKept: Bool = true) throws {
        try self.init(page, to: request, mayBeKept: mayBeKept, Self.policy)
    }

    /// An app's page, which shows pictures and films that it makes, or that are chosen on it.
    init(app page: Representation?, to request: Request) throws {
        try self.init(
            page, to: request, mayBeKept: true,
            Self.policy + "; img-src 'self' blob: data:; media-src 'self' blob:")
    }

    private init(
        _ page: Representation?, to request: Request, mayBeKept: Bool, _ policy: String
    ) throws {
        guard var page else { throw Failure.notFound }
        page.fields[.cacheControl] = mayBeKept ? "no-cache" : "no-store"
        page.fields[FieldName("content-security-policy")] = policy
        answer = page.response(to: request)
    }

    /// Kept for ever under its own version's address. Under another, which an older page or another
    /// node may name, it is given as it is now and not kept.
    init(asset address: AssetAddress, of assets: Assets, to request: Request) throws {
        let name = address.folder + "/" + address.name
        guard !name.hasSuffix(".html"), var asset = assets.find(name) else {
            throw Failure.notFound
        }
        let isCurrent = address.version == assets.version && !assets.mayChange
        asset.fields[.cacheControl] =
            isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        answer = asset.response(to: request)
    }

    /// Everything a page loads is an asset of ours: no script, style or address from elsewhere, and
    /// none that stands in the page.
    private static let policy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}
