import AtriumTesting
import Coding
import Identity
import SQL
import Testing

/// The three that apps of the portal sign in with, as an operator sets them up: by client ids and secrets
/// alone.
@Suite struct BuiltInProvidersTests {
    @Test(
        arguments: [
            ("github", "https://github.com/login/oauth/authorize?"),
            ("google", "https://accounts.google.com/o/oauth2/v2/auth?"),
            ("microsoft", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?"),
        ])
    func `S1-7: github, google and microsoft send to their pages`(
        _ provider: String, _ page: String
    ) async throws {
        let (id, secret) = (try ClientID("client-1"), try ClientSecret("secret-1"))
        try await withServer(
            on: .sqlite,
            .set(\.auth.oauth.github.clientID, id), .set(\.auth.oauth.github.clientSecret, secret),
            .set(\.auth.oauth.google.clientID, id), .set(\.auth.oauth.google.clientSecret, secret),
            .set(\.auth.oauth.microsoft.clientID, id),
            .set(\.auth.oauth.microsoft.clientSecret, secret)
        ) { client in
            let answer = await client.get("/api/auth/oauth/\(provider)")
            #expect(answer.status == 200)
            let url = try #require(answer.json["url"]?.asString)
            #expect(url.hasPrefix(page))
            let query = try FormURLEncoded.decode(query: url.drop { $0 != "?" }.dropFirst())
            let fields = Dictionary(query.map { ($0.name, $0.text) }) { $1 }
            #expect(fields["client_id"] == "client-1")
            #expect(
                fields["redirect_uri"]
                    == "http://localhost:4000/api/auth/oauth/\(provider)/callback")
            #expect(fields["state"]?.count == 43 && fields["code_challenge"]?.count == 43)
            #expect(!url.contains("secret-1"))
        }
    }
}
