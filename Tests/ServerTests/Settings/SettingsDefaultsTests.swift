import Coding
import Testing

@testable import Server

/// What defaults tell of settings is what the catalog says, which is read off the types.
@Suite struct SettingsDefaultsTests {
    @Test(arguments: RunEnvironment.allCases)
    func `a text means the same by the default and by the catalog`(
        environment: RunEnvironment
    ) throws {
        let defaults = SettingsDefaults.of(environment)
        var toldCount = 0
        for (path, schema) in SettingsCatalog.standard.entries {
            for text in ["", "5", "true", "a, b", "[1]", #"{"a":1}"#, "null"] {
                let meant = SettingsText.value(text, schema)
                #expect(defaults.value(text, of: path) == meant, "\(path)=\(text)")
                guard let told = defaults.told(text, of: path) else { continue }
                #expect(told == meant, "\(path)=\(text)")
                toldCount += 1
            }
        }
        // Most settings have a default.
        #expect(toldCount > 4 * SettingsCatalog.standard.entries.count)
    }

    @Test func `a variable names the same setting by either`() {
        let names = SettingsCatalog.standard.entries.map { SettingsCatalog.variable(of: $0.path) }
        for name in names + ["ATRIUM_HTTP", "ATRIUM_NOTHING", "ATRIUM_", "ATRIUM_HTTP_LIMITS_"] {
            #expect(
                SettingsDefaults.dev.path(ofVariable: name)
                    == SettingsCatalog.standard.path(ofVariable: name), "\(name)")
        }
    }

    @Test func `no part of a default passes for a setting`() {
        func leaves(of json: JSON, below path: String) -> [String] {
            guard case .object(let object) = json else { return [path] }
            return object.members.flatMap {
                leaves(of: $0.value, below: path.isEmpty ? $0.name : path + "." + $0.name)
            }
        }
        let paths = Set(SettingsCatalog.standard.entries.map(\.path))
        for path in leaves(of: SettingsDefaults.dev.json, below: "") {
            #expect(paths.contains(path) || SettingsDefaults.dev.told("a", of: path) == nil)
        }
    }

    @Test(arguments: RunEnvironment.allCases)
    func `what is written once reads as what is written often`(
        environment: RunEnvironment
    ) throws {
        let settings = Settings(environment)
        #expect(try JSONCoder.encodeOnce(settings) == JSONCoder.encode(settings))
        #expect(try JSONCoder.encodeOnce(["a": 1.5]) == JSONCoder.encode(["a": 1.5]))
    }
}
