import Coding
import Testing

@testable import Server

@Suite struct SettingsCatalogTests {
    @Test(arguments: [
        ("http.limits.headBytes", "ATRIUM_HTTP_LIMITS_HEAD_BYTES"), ("baseURL", "ATRIUM_BASE_URL"),
        ("data", "ATRIUM_DATA"),
        ("auth.tokens.accessExpiresAfter", "ATRIUM_AUTH_TOKENS_ACCESS_EXPIRES_AFTER"),
    ])
    func `a path is a variable`(path: String, variable: String) throws {
        #expect(SettingsCatalog.variable(of: path) == variable)
        #expect(SettingsCatalog.standard.path(ofVariable: variable) == path)
    }

    @Test func `no two settings share a variable`() throws {
        let names = SettingsCatalog.standard.entries.map { SettingsCatalog.variable(of: $0.path) }
        #expect(Set(names).count == names.count)
    }

    @Test func `every alias names a setting`() throws {
        let catalog = SettingsCatalog.standard
        for (variable, path) in EnvironmentNames.aliases {
            #expect(catalog.schema(of: path) != nil, "\(variable)")
        }
    }

    // Each default is a constant of the program that is made here once.
    @Test(arguments: RunEnvironment.allCases)
    func `defaults are settings that could be written`(environment: RunEnvironment) throws {
        let tree = try JSON(parsing: JSONCoder.encode(Settings(environment)))
        let read = try InputReader.read(
            Settings.self, from: Input(body: .tree(tree)), unknown: .refused)
        #expect(try JSONCoder.encode(read) == JSONCoder.encode(Settings(environment)))
    }
}
