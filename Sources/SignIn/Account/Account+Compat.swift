import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

extension Account {
    func compat(_ surface: Compat) -> SurfacePart {
        SurfacePart(Compat.name, failures: Self.compatFailures) {
            Operation(
                "updateUser", .post, "/update-user", "Change the user who is signed in.",
                about: Self.aboutUpdating + " Members that there are not are passed over.",
                failures: [.nothingToUpdate, .emailNotUpdatable] + identity.userFields.failures,
                options: updateOptions, guard: surface.signedIn(identity)
            ) { (input: Compat.UpdateUserInput, caller, call) in
                let user = try await identity.update(
                    caller.user, try input.changes(call.extraMembers), at: call.now)
                let active = ActiveSession(session: caller.session, user: user)
                return WithCookies(
                    Compat.UpdatedBody(),
                    caller.token.map { surface.cookies.renew(active, $0, at: call.now) } ?? [])
            }
            updateSession(surface)
            Operation(
                "listAccounts", .get, "/list-accounts", "How the user can sign in.",
                about: "A password is an account of the provider `credential`, and the first.",
                guard: surface.signedIn(identity)
            ) { (_: NoInput, caller, call) in
                WithCookies(
                    try await accounts(of: caller.user),
                    surface.cookies.keep(caller, at: call.now))
            }
            if identity.settings.deleteUser.isOn {
                deleteUser(surface)
            }
        }
    }

    private var updateOptions: RouteOptions {
        var options = RouteOptions()
        options.extras = identity.userFields.flat(.update)
        return options
    }

    private func accounts(of user: User) async throws -> Compat.AccountList {
        let found = try await identity.database.first(User.findWithPassword, user.id)
        let linked = try await identity.database.all(OwnAccount.list, user.id)
        return Compat.AccountList(user, hasPassword: found?.passwordHash != nil, linked)
    }
}

extension Failure {
    static let nothingToUpdate = Failure("nothingToUpdate")
    static let emailNotUpdatable = Failure("emailNotUpdatable")
    /// The caller neither gave his password nor signed in lately.
    static let signInAgain = Failure("signInAgain")
    /// A token to delete a user with that nobody was given.
    static let unknownDeletionToken = Failure("unknownDeletionToken")
    /// Nobody is signed in where the link of a mail ends.
    static let noUserInfo = Failure("noUserInfo")
}

extension Account {
    fileprivate static let compatFailures: [FailureRow] = [
        FailureRow(.nothingToUpdate, Compat.nothingToUpdate),
        FailureRow(.emailNotUpdatable, Compat.emailNotUpdatable),
        FailureRow(
            .fieldNotAllowed, .badRequest, "FIELD_NOT_ALLOWED", "Field not allowed to be set"
        ) { "\($0[0]) is not allowed to be set" },
        FailureRow(.missingField, .badRequest, "MISSING_FIELD", "Field is required") {
            "\($0[0]) is required"
        },
        FailureRow(.signInAgain, Compat.signInAgain),
        FailureRow(.unknownDeletionToken, Compat.unknownToken),
        FailureRow(.noUserInfo, Compat.noUserInfo),
        FailureRow(
            .lastOwner, .conflict, "LAST_OWNER",
            "Make another member an owner of your organizations, or delete them, first"
        ) {
            "Make another member an owner of \($0.joined(separator: ", ")), or delete it, first"
        },
    ]
}

extension Compat {
    struct UpdateUserInput: Codable, Sendable, Explained {
        static let words = [
            "image": MemberWords(
                "Null takes the picture away.", example: "https://example.com/ada.png"),
            "email": MemberWords(
                "Refused: an address is changed by mail.", example: "ada@example.com"),
        ]

        let name: UserName?
        let image: Patch<ImageAddress>
        let email: String?

        func changes(_ fields: JSONObject) throws -> Identity.UserChanges {
            if email?.isEmpty == false { throw Failure.emailNotUpdatable }
            let changes = Identity.UserChanges(
                name: name?.text, image: image.map(\.text), fields: fields)
            if changes.isEmpty { throw Failure.nothingToUpdate }
            return changes
        }
    }

    struct UpdatedBody: Codable, OperationOutput, Explained {
        var status = true

        static let words = ["status": MemberWords("Always true.", example: true)]
    }

    /// A way to sign in, as better-auth's clients read it (C27).
    struct AccountBody: Codable, Sendable, Explained {
        static let words = [
            "issuer": MemberWords("Who vouches for the account.", example: "local:credential"),
            "accountId": MemberWords(
                "The user's id with the provider.", example: "0199c82c-c000-7000-8000-000000000001"
            ),
            "providerId": MemberWords("The provider's name.", example: "credential"),
            "scopes": MemberWords("What the provider allows us to do.", example: ["openid"]),
            "id": MemberWords(
                "The account's own id.", example: "0199c82c-c000-7000-8000-000000000001"),
        ]

        let issuer: String
        let accountId: String
        let providerId: String
        let userId: ID<User>
        let createdAt: Instant
        let updatedAt: Instant
        let id: String
        let scopes: [String]
    }

    struct AccountList: OperationOutput {
        private let accounts: [AccountBody]

        init(_ user: User, hasPassword: Bool, _ linked: [OwnAccount]) {
            accounts =
                (hasPassword ? [AccountBody(credentialOf: user)] : [])
                + linked.map { AccountBody($0, of: user) }
        }

        static func documentation() throws -> OutputDocumentation {
            try .json(.ok, [AccountBody].self, "The accounts.")
        }

        func response() throws -> Response { .json(try JSONCoder.encode(accounts)) }
    }
}

extension Compat.AccountBody {
    /// A password has no row of its own: its account is made up, with the user's id.
    fileprivate init(credentialOf user: User) {
        issuer = "local:credential"
        accountId = user.id.description
        providerId = "credential"
        userId = user.id
        createdAt = user.createdAt
        updatedAt = user.updatedAt
        id = user.id.description
        scopes = []
    }

    fileprivate init(_ account: OwnAccount, of user: User) {
        issuer = account.issuer
        accountId = account.accountID
        providerId = account.provider
        userId = user.id
        createdAt = account.createdAt
        updatedAt = account.updatedAt
        id = account.id.description
        scopes = (account.scope ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }
}
