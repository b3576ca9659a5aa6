import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

extension Compat {
    /// What signing in and linking have in common: which provider, and where to go on.
    struct ProviderWish: Sendable {
        var provider: ProviderName?
        var callbackURL: String?
        var errorCallbackURL: String?
        var newUserCallbackURL: String?
        var scopes: [String]?
        var loginHint: String?
        var additionalParams: ShownParameters?
        var disableRedirect = false
        var requestSignUp = false

        var providerName: String {
            get throws {
                guard let provider else {
                    throw InvalidInput(fields: [
                        FieldError(path: "provider", problem: ProviderName.invalid)
                    ])
                }
                return provider.text
            }
        }

        /// Some write several in one text.
        var askedScopes: [String] {
            get throws {
                let asked = (scopes ?? []).flatMap { $0.split(separator: " ").map(String.init) }
                do throws(Invalid) {
                    guard asked.count <= OAuthScope.countMax else { throw .rule("scopes.count") }
                    for scope in asked { _ = try OAuthScope(scope) }
                } catch {
                    throw InvalidInput(fields: [FieldError(path: "scopes", problem: error)])
                }
                return asked
            }
        }

        var parameters: [(name: String, text: String)] { additionalParams?.list ?? [] }
    }

    /// Parameters for a provider's page, in the order in which they came.
    struct ShownParameters: SchemaValue {
        let list: [(name: String, text: String)]

        init(from decoder: any Decoder) throws {
            let members = try JSON(from: decoder).asObject?.members
            guard let members, members.allSatisfy({ $0.value.asString != nil }) else {
                throw Invalid.rule("provider.parameters")
            }
            guard
                !members.contains(where: { ProviderSettings.reservedParameters.contains($0.name) })
            else { throw Invalid.rule("provider.reservedParameters") }
            list = members.map { ($0.name, $0.value.asString ?? "") }
        }

        private init(_ list: [(name: String, text: String)]) { self.list = list }

        func encode(to encoder: any Encoder) throws {
            try JSON.object(JSONObject(list.map { ($0.name, JSON.string($0.text)) }))
                .encode(to: encoder)
        }

        static var schema: Schema { .dictionary(of: .string) }
        static var example: ShownParameters { ShownParameters([("hd", "example.com")]) }
    }

    struct SocialInput: Codable, Sendable, Explained {
        static let words = wishWords.merging([
            "newUserCallbackURL": MemberWords(
                "Where one goes on who has just become a user.", example: "/welcome"),
            "idToken": "Signs in at once, with what the client got by itself.",
        ]) { $1 }

        let callbackURL: String?
        let newUserCallbackURL: String?
        let errorCallbackURL: String?
        let provider: ProviderName?
        let disableRedirect: Bool?
        let idToken: ShownIDToken?
        let scopes: [String]?
        let requestSignUp: Bool?
        let loginHint: String?
        let additionalParams: ShownParameters?
        let additionalData: JSON?

        var wish: ProviderWish {
            ProviderWish(
                provider: provider, callbackURL: callbackURL, errorCallbackURL: errorCallbackURL,
                newUserCallbackURL: newUserCallbackURL, scopes: scopes, loginHint: loginHint,
                additionalParams: additionalParams, disableRedirect: disableRedirect ?? false,
                requestSignUp: requestSignUp ?? false)
        }
    }

    struct LinkInput: Codable, Sendable, Explained {
        static let words = wishWords.merging([
            "idToken": "Links at once, with what the client got by itself."
        ]) { $1 }

        let callbackURL: String?
        let provider: ProviderName?
        let idToken: ShownIDToken?
        let requestSignUp: Bool?
        let scopes: [String]?
        let errorCallbackURL: String?
        let disableRedirect: Bool?
        let loginHint: String?
        let additionalParams: ShownParameters?
        let additionalData: JSON?

        var wish: ProviderWish {
            ProviderWish(
                provider: provider, callbackURL: callbackURL, errorCallbackURL: errorCallbackURL,
                scopes: scopes, loginHint: loginHint, additionalParams: additionalParams,
                disableRedirect: disableRedirect ?? false, requestSignUp: requestSignUp ?? false)
        }
    }

    private static let wishWords: [String: MemberWords] = [
        "callbackURL": MemberWords(
            "Where the browser goes on: a path of ours or an address of a trusted origin.",
            example: "/dashboard"),
        "errorCallbackURL": MemberWords(
            "Where it goes on when something went wrong.", example: "/sign-in"),
        "provider": MemberWords("Its name in the settings.", example: "github"),
        "disableRedirect": "Leaves out `Location`.",
        "scopes": MemberWords("Beside the usual ones.", example: ["repo"]),
        "requestSignUp": "Makes a user where the provider asks for that wish.",
        "loginHint": MemberWords(
            "Whom the provider's page is to expect.", example: "ada@example.com"),
        "additionalParams": "More parameters for the provider's page.",
        "additionalData": "Without effect: no hook of ours would read it.",
    ]

    /// A page to go to, or a session.
    enum SocialAnswer: OperationOutput {
        case page(WithCookies<ProviderPageBody>)
        case signedIn(WithCookies<SignedInBody>)

        struct Shape: Codable, Sendable, Explained {
            static let words = [
                "url": MemberWords(
                    "The provider's page.",
                    example: "https://github.com/login/oauth/authorize?response_type=code"),
                "redirect": MemberWords(
                    "Whether the client is to go there: then it is in `Location`, too.",
                    example: true),
                "token": .sessionToken, "user": "Where a session was started at once.",
            ]

            let url: String?
            let redirect: Bool
            let token: String?
            let user: UserBody?
        }

        static func documentation() throws -> OutputDocumentation {
            var documentation = try OutputDocumentation.json(
                .ok, Shape.self, "The provider's page, or a session where `idToken` was shown.")
            documentation.fields = [.setCookie]
            return documentation
        }

        func response() throws -> Response {
            switch self {
            case .page(let page): try page.response()
            case .signedIn(let session): try session.response()
            }
        }
    }

    /// A page to go to, or that the account is linked.
    enum LinkAnswer: OperationOutput {
        case page(WithCookies<ProviderPageBody>)
        case linked

        struct Shape: Codable, Sendable, Explained {
            static let words = [
                "url": MemberWords(
                    "The provider's page; empty where the account is linked at once.",
                    example: "https://github.com/login/oauth/authorize?response_type=code"),
                "redirect": MemberWords("Whether the client is to go there.", example: true),
                "status": MemberWords("True where the account is linked at once.", example: true),
            ]

            let url: String
            let status: Bool?
            let redirect: Bool
        }

        static func documentation() throws -> OutputDocumentation {
            var documentation = try OutputDocumentation.json(
                .ok, Shape.self, "The provider's page, or that the account is linked.")
            documentation.fields = [.setCookie]
            return documentation
        }

        func response() throws -> Response {
            switch self {
            case .page(let page): try page.response()
            case .linked:
                .json(try JSONCoder.encode(Shape(url: "", status: true, redirect: false)))
            }
        }
    }
}
