import API
import Coding
import HTTP
import Identity
import Values

/// Where a browser has to go to sign in (C4): a redirect for a browser that navigates, else the
/// address for the script that asks.
struct ProviderAddress: OperationOutput {
    struct Body: Codable, Sendable, Explained {
        static let words = [
            "url": MemberWords(
                "The provider's page.",
                example: "https://github.com/login/oauth/authorize?response_type=code")
        ]

        let url: String
    }

    private let url: String
    private let isNavigation: Bool

    /// `*/*` is what scripts send, and counts as JSON.
    init(_ url: String, for request: Request) {
        self.url = url
        isNavigation =
            request[.secFetchMode] == "navigate"
            || request.explicitlyAccepts(MediaType("text", "html"))
    }

    static func documentation() throws -> OutputDocumentation {
        var documentation = try OutputDocumentation.json(
            .ok, Body.self, "The address of the provider's page.")
        documentation.alternatives = [Redirect.documentation()]
        documentation.requestFields = [.secFetchMode]
        return documentation
    }

    func response() throws -> Response {
        isNavigation ? .redirect(to: url) : .json(try JSONCoder.encode(Body(url: url)))
    }
}

extension FieldDocumentation {
    fileprivate static let secFetchMode = FieldDocumentation(
        "Sec-Fetch-Mode", "`navigate`, or an `Accept` that names `text/html`, is redirected.",
        .string, example: "navigate")
}

/// What a callback answers (C5).
enum CallbackAnswer<Signed: Codable & OperationOutput>: OperationOutput {
    case signedIn(Signed)
    case linked(ProviderAccountBody)
    /// On to the page that had it started.
    case page(String)

    static func documentation() throws -> OutputDocumentation {
        var documentation = try Signed.documentation()
        documentation.alternatives = [
            try .json(.created, ProviderAccountBody.self, "The account that was linked."),
            Redirect.documentation(),
        ]
        return documentation
    }

    func response() throws -> Response {
        switch self {
        case .signedIn(let body): try body.response()
        case .linked(let account): .json(try JSONCoder.encode(account), status: .created)
        case .page(let target): .redirect(to: target)
        }
    }
}

/// A user's account at a provider.
struct ProviderAccountBody: Codable, Sendable, Explained {
    static let words = [
        "provider": MemberWords("The provider's name in the settings.", example: "github"),
        "accountId": MemberWords("The user's id there.", example: "583231"),
        "scopes": MemberWords(
            "What the provider allows us to do, in its own words.", example: ["user:email"]),
    ]

    let id: ID<ProviderAccount>
    let provider: String
    let accountId: String
    let scopes: [String]
    let createdAt: Instant

    init(_ account: ProviderAccount) {
        id = account.id
        provider = account.provider
        accountId = account.accountID
        scopes = account.scopes
        createdAt = account.createdAt
    }
}

struct ProviderAccountsBody: Codable, OperationOutput {
    static let outcome = "The accounts, in the order in which they were linked."

    let accounts: [ProviderAccountBody]
}

struct ProvidersBody: Codable, OperationOutput, Explained {
    static let outcome = "The providers that are on."
    static let words = [
        "providers": MemberWords(
            "Their names, as paths have them.", example: ["github", "google"])
    ]

    let providers: [String]
}
