import Identity
import Testing

@testable import Server

@Suite struct ProviderSettingsTests {
    @Test func `S1-16: providers are set by the variables of the documents`() throws {
        let loaded = try load(variables: [
            "OAUTH_GITHUB_CLIENT_ID": "gh", "OAUTH_GITHUB_CLIENT_SECRET": "gh-s3cret",
            "OAUTH_MICROSOFT_CLIENT_ID": "ms", "OAUTH_MICROSOFT_CLIENT_SECRET": "ms-s3cret",
            "OAUTH_MICROSOFT_TENANT_ID": "organizations",
            "ATRIUM_AUTH_OAUTH_GITHUB_PARAMETERS": #"{"allow_signup":"false"}"#,
        ])
        let settings = loaded.settings.auth.oauth
        #expect(settings.github.clientID?.text == "gh")
        #expect(settings.github.clientSecret?.secret.exposed == "gh-s3cret")
        #expect(settings.github.parameters == ["allow_signup": "false"])
        #expect(settings.microsoft.tenant.text == "organizations")
        #expect(settings.google.clientID == nil)
        let printed = try EffectiveSettings(loaded)
        #expect(!(printed.text.joined() + printed.json.description).contains("s3cret"))
    }

    @Test func `any other provider is an object with little in it`() throws {
        let own = try load(
            file: """
                {auth: {oauth: {providers: [
                    {id: 'sso', clientID: 'a', clientSecret: 'b', issuer: 'https://sso.example.com'},
                    {id: 'old', clientID: 'a', authorizationURL: 'https://o.example.com/a',
                     tokenURL: 'https://o.example.com/t', userInfoURL: 'https://o.example.com/u',
                     pkce: false, authentication: 'basic', signUp: 'requested', scopes: ['email']},
                ]}, linking: {trustedProviders: ['sso']}}}
                """
        ).settings.auth.oauth.providers
        #expect(own.map(\.id.text) == ["sso", "old"])
        #expect(own[0].pkce && own[0].nonce && own[0].authentication == .post)
        #expect(!own[1].pkce && own[1].authentication == .basic && own[1].signUp == .requested)
    }

    @Test func `every mistake is told with its path`() {
        let lines = mistakes(
            variables: [
                "OAUTH_GITHUB_CLIENT_ID": "gh", "OAUTH_MICROSOFT_TENANT_ID": "contoso.com",
            ],
            file: """
                {auth: {
                    oauth: {
                        google: {clientSecret: 'x', scopes: ['a b']},
                        apple: {teamID: 'T', privateKey: 'none'},
                        providers: [
                            {id: 'Bad', clientID: 'a', issuer: 'http://sso.example.com'},
                            {id: 'github', clientID: 'a', tokenURL: 'https://a.example/t',
                             parameters: {state: 'x'}, colour: 1},
                        ],
                    },
                    linking: {trustedProviders: ['gitub']},
                }}
                """)
        #expect(
            Set(lines) == [
                "auth.oauth.github.clientSecret is missing",
                "auth.oauth.google.clientID is missing",
                "auth.oauth.google.scopes[0] (atrium.json5) is no scope",
                "auth.oauth.apple.clientID is missing", "auth.oauth.apple.keyID is missing",
                "auth.oauth.apple.privateKey (atrium.json5) must be the text of Apple's .p8 file",
                "auth.oauth.microsoft.tenant (OAUTH_MICROSOFT_TENANT_ID) must be a tenant's id, "
                    + "common, organizations or consumers",
                "auth.oauth.providers[0].id (atrium.json5) must be lower-case letters, digits and "
                    + "hyphens",
                "auth.oauth.providers[0].issuer (atrium.json5) must be an https URL; http only on "
                    + "this machine",
                "auth.oauth.providers[1].id (atrium.json5) is the id of another provider",
                "auth.oauth.providers[1].authorizationURL (atrium.json5) must be given where there "
                    + "is no issuer",
                "auth.oauth.providers[1].userInfoURL (atrium.json5) must be given where there is no "
                    + "issuer",
                "auth.oauth.providers[1].parameters.state (atrium.json5) cannot be set: each "
                    + "sign-in has its own",
                "auth.oauth.providers[1].colour (atrium.json5) is no setting; did you mean "
                    + "auth.oauth.providers?",
                "auth.linking.trustedProviders[0] (atrium.json5) is no provider; did you mean "
                    + "github?",
            ])
    }

    @Test(arguments: [
        ("https://login.example.com/token", true), ("http://127.0.0.1:4790/token", true),
        ("http://localhost/token", true), ("http://[::1]:80/token", true),
        ("http://login.example.com/token", false), ("http://localhost.evil.example", false),
        ("https://user@login.example.com", false), ("https://", false), ("ftp://localhost", false),
        ("https://a.example/#x", false), ("https://a.example/ x", false),
        ("http://127.0.0.1@evil.example/", false), (#"http://localhost\@evil.example/"#, false),
    ])
    func `secrets are sent only where nobody can read them`(url: String, isTaken: Bool) {
        #expect(((try? ProviderURL(url)) != nil) == isTaken)
    }
}
