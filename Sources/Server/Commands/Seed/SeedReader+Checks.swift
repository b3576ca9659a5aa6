import Identity
import Organizations
import Resources
import Secrets
import Surfaces
import Values

extension SeedReader.Checks {
    /// What the program's own types have against names and passwords.
    init(_ settings: IdentitySettings) {
        let policy = settings.password.rules
        self.init(
            userName: { text in
                Self.problem { () throws(Invalid) in _ = try PersonName(text) }
            },
            password: { text in
                Self.problem { () throws(Invalid) in _ = try NewPassword(Secret(text), policy) }
            },
            organizationName: { text in
                Self.problem { () throws(Invalid) in _ = try Title(text) }
            },
            slug: { text in
                Self.problem { () throws(Invalid) in _ = try Slug(text) }
            })
    }

    private static func problem(_ body: () throws(Invalid) -> Void) -> String? {
        do throws(Invalid) {
            try body()
            return nil
        } catch {
            return SettingsWords.of(error)
        }
    }
}
