import Coding
import Testing
import Values

@testable import SignIn

/// How what providers say about somebody is read, after the examples of their documents.
@Suite struct ProviderProfileTests {
    private func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    /// `id email verified name image`, `-` for what is missing.
    private func summary(_ profile: ProviderProfile?) -> String {
        guard let profile else { return "nobody" }
        return [
            profile.accountID, profile.email?.text ?? "-", "\(profile.isEmailVerified)",
            profile.name ?? "-", profile.image ?? "-",
        ].joined(separator: " ")
    }

    @Test func `OpenID Connect: claims, and what the user-info endpoint adds to them`() throws {
        let claims = try json(
            #"{"iss":"i","sub":"7","email":"Ada@Example.com","email_verified":true,"name":"Ada"}"#)
        #expect(
            summary(.openID(ProviderWords(claims: claims))) == "7 ada@example.com true Ada -")
        let bare = try json(#"{"sub":"7"}"#)
        let more = try json(
            #"{"sub":"7","email":"ada@example.com","email_verified":"true","picture":"https://p"}"#)
        #expect(
            summary(.openID(ProviderWords(claims: bare, userInfo: more)))
                == "7 ada@example.com true - https://p")
        #expect(
            summary(.openID(ProviderWords(userInfo: more)))
                == "7 ada@example.com true - https://p")
    }

    @Test func `what the user-info endpoint says about somebody else is nothing`() throws {
        let claims = try json(#"{"sub":"7"}"#)
        for other in [#"{"sub":"8","email":"eve@example.com"}"#, #"{"email":"eve@example.com"}"#] {
            #expect(
                ProviderProfile.openID(ProviderWords(claims: claims, userInfo: try json(other)))
                    == nil)
        }
    }

    @Test func `plain OAuth 2.0: an id that is a number, and better-auth's names beside the own`()
        throws
    {
        let user = try json(#"{"id":42,"email":"a@example.com","name":" ","picture":null}"#)
        let profile = try #require(ProviderProfile.plain(ProviderWords(userInfo: user)))
        #expect(summary(profile) == "42 a@example.com false - -")
        #expect(profile.data["emailVerified"] == false && profile.data["image"] == .null)
        #expect(
            summary(.plain(ProviderWords(userInfo: ["id": .null, "sub": "s"])))
                == "s - false - -")
    }

    @Test func `who has no id is nobody`() throws {
        for user in [
            #"{}"#, #"{"id":""}"#, #"{"id":true}"#, #"{"id":null}"#, #"[]"#, #"{"id":1.5}"#,
        ] {
            let words = ProviderWords(claims: try json(user), userInfo: try json(user))
            for read in [
                ProviderProfile.plain, ProviderProfile.openID, ProviderProfile.github,
                ProviderProfile.microsoft, ProviderProfile.discord, ProviderProfile.gitlab,
                ProviderProfile.facebook, ProviderProfile.apple, ProviderProfile.spotify,
                ProviderProfile.twitch, ProviderProfile.twitter, ProviderProfile.slack,
            ] {
                #expect(read(words) == nil)
            }
        }
    }

    // S0-8
    @Test func `S0-8: GitHub: the list of addresses says which is primary and verified`() throws {
        let emails = try json(
            """
            [{"email":"old@example.com","primary":false,"verified":true},
             {"email":"ada@example.com","primary":true,"verified":true},
             {"email":"new@example.com","primary":false,"verified":false}]
            """)
        let user = try json(
            #"{"id":1,"login":"ada","name":null,"email":null,"avatar_url":"https://a"}"#)
        #expect(
            summary(.github(ProviderWords(userInfo: user, emails: emails)))
                == "1 ada@example.com true ada https://a")
        let open = try json(#"{"id":1,"login":"ada","name":"Ada","email":"new@example.com"}"#)
        #expect(
            summary(.github(ProviderWords(userInfo: open, emails: emails)))
                == "1 new@example.com false Ada -")
        #expect(
            summary(.github(ProviderWords(userInfo: open))) == "1 new@example.com false Ada -")
    }

    @Test func `S0-8: Microsoft: an address is verified if it is listed as such`() throws {
        let text = #"{"oid":"o","sub":"s","name":"Ada","email":"ada@example.com"#
        #expect(
            summary(.microsoft(ProviderWords(claims: try json(text + #""}"#))))
                == "o ada@example.com false Ada -")
        #expect(
            summary(
                .microsoft(
                    ProviderWords(
                        claims: try json(text + #"","verified_primary_email":["ada@example.com"]}"#)
                    )))
                == "o ada@example.com true Ada -")
        #expect(
            summary(.microsoft(ProviderWords(claims: ["oid": "o", "name": "Ada"])))
                == "o - false Ada -")
    }

    @Test func `Apple: the name that came with the code, and truth in words`() throws {
        let claims = try json(
            #"{"sub":"a","email":"x@privaterelay.appleid.com","email_verified":"true"}"#)
        let form = try json(#"{"name":{"firstName":"Ada","lastName":"Lovelace"}}"#)
        #expect(
            summary(.apple(ProviderWords(claims: claims, form: form)))
                == "a x@privaterelay.appleid.com true Ada Lovelace -")
        #expect(
            summary(.apple(ProviderWords(claims: claims)))
                == "a x@privaterelay.appleid.com true - -")
    }

    @Test func `the others`() throws {
        let discord = try json(
            #"{"id":"1","username":"ada","global_name":null,"avatar":"a_x","email":"a@example.com","verified":true}"#
        )
        #expect(
            summary(.discord(ProviderWords(userInfo: discord)))
                == "1 a@example.com true ada https://cdn.discordapp.com/avatars/1/a_x.gif")
        let gitlab = #"{"id":1,"username":"ada","name":"Ada","email":"a@example.com","state":"#
        #expect(
            summary(.gitlab(ProviderWords(userInfo: try json(gitlab + #""active"}"#))))
                == "1 a@example.com false Ada -")
        #expect(
            summary(.gitlab(ProviderWords(userInfo: try json(gitlab + #""blocked"}"#)))) == "nobody"
        )
        let facebook = try json(
            #"{"id":"1","name":"Ada","email":"a@example.com","picture":{"data":{"url":"https://f"}}}"#
        )
        #expect(
            summary(.facebook(ProviderWords(userInfo: facebook)))
                == "1 a@example.com false Ada https://f")
        let spotify = try json(
            #"{"id":"ada","display_name":"Ada","email":"a@example.com","images":[{"url":"https://s"}]}"#
        )
        #expect(
            summary(.spotify(ProviderWords(userInfo: spotify)))
                == "ada a@example.com false Ada https://s")
        let twitter = try json(
            #"{"data":{"id":"1","username":"ada","name":"Ada","confirmed_email":"a@example.com"}}"#)
        #expect(
            summary(.twitter(ProviderWords(userInfo: twitter))) == "1 a@example.com true Ada -")
        let slack = try json(
            #"{"ok":true,"sub":"U1","https://slack.com/user_id":"U1","email":"a@example.com","email_verified":true,"name":"Ada"}"#
        )
        #expect(summary(.slack(ProviderWords(userInfo: slack))) == "U1 a@example.com true Ada -")
        let twitch = try json(
            #"{"sub":"1","preferred_username":"ada","email":"a@example.com","email_verified":false}"#
        )
        #expect(
            summary(.twitch(ProviderWords(claims: twitch))) == "1 a@example.com false ada -")
    }
}
