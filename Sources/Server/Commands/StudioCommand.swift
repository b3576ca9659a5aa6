import Coding
import Identity
import Studio
import Values

extension Command {
    static let studio = Command(
        name: "studio",
        summary: "Show a creator of the studio, or change what he has subscribed to.",
        choices: ["show", "tier"], operands: ["show": "EMAIL", "tier": "EMAIL"],
        options: [
            CommandOption(
                name: "--tier", value: "TIER",
                help: "tier: free, creator, professional or enterprise."), .json,
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            let work = StudioCommand(invocation: invocation, server: server)
            if invocation.choice == "tier" {
                try await work.setTier()
            } else {
                try await work.show()
            }
        }
    }
}

private struct StudioCommand {
    let invocation: Invocation
    let server: Server

    private var creators: Creators { server.program.studio.creators }

    private func email() throws -> EmailAddress {
        try invocation.value("the e-mail address", invocation.operand ?? "") {
            try EmailAddress($0)
        }
    }

    /// S4-18.
    func show() async throws {
        let email = try email()
        guard let creator = try await creators.find(email) else {
            throw StartFailure("There is no creator \(email): nobody with it has used the studio.")
        }
        invocation.show(
            creator.json,
            [
                "\(creator.displayName) (\(creator.email)), \(creator.tier.rawValue), since "
                    + "\(creator.createdAt)"
            ])
    }

    /// A user who has not used the studio yet is made a creator by it.
    func setTier() async throws {
        let text = try invocation.require("--tier")
        guard let tier = Studio.Tier(rawValue: text) else {
            let names = Studio.Tier.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageMistake("--tier must be one of \(names)")
        }
        let email = try email()
        let found = try await UserAccounts(
            server.program.identity, invocation.environment.clock
        ).find(email.text)
        guard let user = found?.user else { throw StartFailure("There is no user \(email).") }
        try await creators.setTier(tier, of: user, at: invocation.environment.clock.now)
        invocation.show(
            ["id": .string(user.id.description), "tier": .string(tier.rawValue)],
            ["\(email) is \(tier.rawValue) now."])
    }
}

extension Creator {
    fileprivate var json: JSON {
        [
            "id": .string(id.description), "email": .string(email.text),
            "displayName": .string(displayName), "tier": .string(tier.rawValue),
            "createdAt": .string(createdAt.description),
        ]
    }
}
