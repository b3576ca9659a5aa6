import Resources

extension Command {
    // S3-21
    static let seed = Command(
        name: "seed",
        summary: "Make the users and rows that declared resources bring along to try things out.",
        options: [
            CommandOption(
                name: "--password", value: "TEXT",
                help: "The password of each user that is made."),
            CommandOption(
                name: "--in-prod", help: "Also with ENVIRONMENT=prod; users get no known password."),
            .json,
        ] + SettingsOptions.all
    ) { invocation in
        let settings = try invocation.loadSettings().settings
        let isProd = settings.environment == .prod
        guard !isProd || invocation.has("--in-prod") else {
            throw StartFailure(
                "Seeds are for trying things out: with ENVIRONMENT=prod they are sown only with "
                    + "--in-prod.")
        }
        // What is wrong with them is said before anything is made.
        let seeds = try DeclaredResources(settings).seeds(SeedReader.Checks(settings.auth))
        return try await invocation.onServer { server in
            var work = SowSeeds(
                server: server, seeds: try seeds ?? Seeds.testUser,
                password: invocation["--password"],
                makesPasswords: !isProd)
            try await work.run()
            invocation.show(.list(work.done.map(\.json)), work.done.map(\.line))
        }
    }
}
