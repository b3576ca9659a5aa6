import Coding
import Identity
import Server
import Testing

/// `auth.user.fields` and `auth.session.fields` as an operator writes them.
struct FieldRulesTests {
    private static func load(_ text: String) throws -> Settings {
        var sources = SettingsSources()
        sources.configFile = "atrium.json5"
        sources.readFile = { _ in Array(text.utf8) }
        return try SettingsLoader.load(sources).settings
    }

    private static func mistakes(_ text: String) -> [String] {
        do {
            _ = try load(text)
            return []
        } catch let mistakes as SettingsMistakes {
            return mistakes.list.map { "\($0.path) \($0.problem)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `declarations are read, with what was left out`() throws {
        let settings = try Self.load(
            """
            { auth: {
                user: { fields: [
                    { name: 'nickname', type: 'text' },
                    { name: 'level', type: 'number', default: 1, input: false },
                ] },
                session: { fields: [{ name: 'note', type: 'text', returned: false }] },
            } }
            """)
        let fields = settings.auth.user.fields
        #expect(fields.map(\.name.text) == ["nickname", "level"])
        #expect(fields.map(\.isInput) == [true, false])
        #expect(fields[1].default == 1)
        #expect(settings.auth.session.fields.map(\.isReturned) == [false])
    }

    @Test func `a variable has them as JSON`() throws {
        var sources = SettingsSources()
        sources.variables = [
            "ATRIUM_AUTH_USER_FIELDS": #"[{"name":"nickname","type":"text"}]"#
        ]
        let settings = try SettingsLoader.load(sources).settings
        #expect(settings.auth.user.fields.map(\.name.text) == ["nickname"])
    }

    @Test func `all that is wrong is said at once`() {
        let found = Self.mistakes(
            """
            { auth: {
                user: { fields: [
                    { name: 'email', type: 'text' },
                    { name: 'a', type: 'text' }, { name: 'a', type: 'text' },
                    { name: 'b', type: 'number', default: 'one' },
                ] },
                session: { fields: [{ name: 'activeOrganizationId', type: 'text' }] },
            } }
            """)
        #expect(
            found == [
                "auth.user.fields[0].name email is a name of the program's own",
                "auth.user.fields[2].name a is there twice",
                "auth.user.fields[3].default must be a number, not text",
                "auth.session.fields[0].name activeOrganizationId is a name of the program's own",
            ])
    }

    /// Or anybody could make himself an administrator.
    @Test func `a role that clients could set is refused`() {
        for open in ["type: 'text'", "type: 'text', input: true", "type: 'number', input: false"] {
            #expect(
                Self.mistakes("{ auth: { user: { fields: [{ name: 'role', \(open) }] } } }")
                    == ["auth.user.fields[0] role must be text and have input: false"])
        }
        #expect(
            Self.mistakes(
                "{ auth: { user: { fields: [{ name: 'role', type: 'text', input: false }] } } }")
                == [])
    }

    @Test(arguments: [
        ("{ name: '1a', type: 'text' }", "auth.user.fields[0].name"),
        ("{ name: '__proto__', type: 'text' }", "auth.user.fields[0].name"),
        ("{ name: '', type: 'text' }", "auth.user.fields[0].name"),
        ("{ name: 'a.b', type: 'text' }", "auth.user.fields[0].name"),
        ("{ type: 'text' }", "auth.user.fields[0].name"),
        ("{ name: 'a' }", "auth.user.fields[0].type"),
        ("{ name: 'a', type: 'blob' }", "auth.user.fields[0].type"),
        ("{ name: 'a', type: 'text', input: 5 }", "auth.user.fields[0].input"),
        ("{ name: 'a', type: 'text', unique: true }", "auth.user.fields[0].unique"),
    ])
    func `a declaration that is none is refused`(text: String, path: String) {
        let found = Self.mistakes("{ auth: { user: { fields: [\(text)] } } }")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(path + " ") == true, "\(found)")
    }

    @Test func `there may be thirty-two`() {
        let fields = (0...32).map { "{ name: 'f\($0)', type: 'text' }" }.joined(separator: ",")
        #expect(
            Self.mistakes("{ auth: { user: { fields: [\(fields)] } } }")
                == ["auth.user.fields has more than 32 fields"])
    }
}
