import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// What better-auth's clients send about providers, and what they read.

extension Compat {
    /// The name of a provider. better-auth has the same words for a missing one and for none that is
    /// text.
    struct ProviderName: SchemaValue {
        let text: String

        init(from decoder: any Decoder) throws {
            guard let text = try JSON(from: decoder).asString else { throw Self.invalid }
            self.text = text
        }

        private init(literal text: String) { self.text = text }

        func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

        static let invalid = Invalid.rule("provider.name")
        static var schema: Schema { .string }
        static var example: ProviderName { ProviderName(literal: "github") }
    }

    /// An id_token that a client got from the provider by itself.
    struct ShownIDToken: Codable, Sendable, Explained {
        static let words = [
            "token": MemberWords("As the provider gave it.", example: "eyJhbGciOi.eyJpc3Mi.c2ln"),
            "nonce": MemberWords("What the client asked for it with.", example: "n-0S6_WzA2Mj"),
            "accessToken": MemberWords("Of the same provider, to be kept.", example: "ya29.a0AfH6"),
            "refreshToken": MemberWords("Of the same provider, to be kept.", example: "1//0gxyz"),
            "expiresAt": MemberWords("Without effect.", example: 1_767_225_600),
            "user": "What Apple gives beside the token, the first time.",
        ]

        let token: String
        let nonce: String?
        let accessToken: String?
        let refreshToken: String?
        let expiresAt: Double?
        let user: ShownUser?

        struct ShownUser: Codable, Sendable, Explained {
            static let words = [
                "email": MemberWords(
                    "Without effect: the token has it.", example: "ada@example.com")
            ]

            let name: ShownName?
            let email: String?

            /// As Apple's page sends it in a form.
            var form: JSON {
                var names: JSONObject = [:]
                names["firstName"] = name?.firstName.map { .string($0) }
                names["lastName"] = name?.lastName.map { .string($0) }
                return ["name": .object(names)]
            }
        }

        struct ShownName: Codable, Sendable, Explained {
            static let words = [
                "firstName": MemberWords("Given name.", example: "Ada"),
                "lastName": MemberWords("Family name.", example: "Lovelace"),
            ]

            let firstName: String?
            let lastName: String?
        }
    }

    /// Where somebody is sent.
    struct ProviderPageBody: Codable, OperationOutput, Explained {
        static let outcome = "The address of the provider's page."
        static let words = [
            "url": MemberWords(
                "The provider's page.",
                example: "https://github.com/login/oauth/authorize?response_type=code"),
            "redirect": MemberWords(
                "Whether the client is to go there: then it is in `Location`, too.", example: true),
        ]

        let url: String
        let redirect: Bool

        func response() throws -> Response {
            var response = Response.json(try JSONCoder.encode(self))
            if redirect { response.fields[.location] = url }
            return response
        }
    }

    /// One of the user's accounts, by its id in `list-accounts`.
    ///
    /// Read as a whole: better-auth has one word for all that is wrong with it, members that it does
    /// not know included.
    struct AccountSelection: SchemaValue {
        /// Nil for one that is in a cookie: better-auth can be set up to have it there.
        let accountID: String?

        init(from decoder: any Decoder) throws {
            guard let members = try? JSON(from: decoder).asObject else { throw Self.invalid }
            let (id, cookie) = (members["accountId"], members["useAccountCookie"])
            let known = Set(["accountId", "useAccountCookie", "userId"])
            guard members.names.allSatisfy(known.contains), (id == nil) != (cookie == nil),
                members["userId"].map({ $0.asString != nil }) ?? true
            else { throw Self.invalid }
            accountID = id?.asString
            guard accountID != nil || cookie == true else { throw Self.invalid }
        }

        private init(_ accountID: String) { self.accountID = accountID }

        func encode(to encoder: any Encoder) throws {
            try ["accountId": accountID].encode(to: encoder)
        }

        private static let invalid = Invalid.rule("account.selection")

        static var schema: Schema {
            .object([
                "accountId": Schema.string.described(
                    "The account's id in `list-accounts`.",
                    example: .string(example.accountID ?? ""))
            ])
        }
        static var example: AccountSelection {
            AccountSelection(ID<ProviderAccount>.example.description)
        }
    }
}
