import Coding
import Testing

@testable import Server

/// Apps beside what every server has.
struct AppGroupTests {
    // S0-1
    @Test func `S0-1: health, identity and apps are groups of one server, each with its own`()
        throws
    {
        var settings = Settings()
        settings.apps = [.icons, .studio]
        let program = try Blueprint.program(settings)
        let paths = Set(program.mount.routes.map(\.path))
        #expect(
            paths.isSuperset(of: [
                "/api/health/live", "/api/auth/me", "/api/icons", "/icons/", "/api/effects",
            ]))
        let groups = Set(program.migrations.map { String($0.group) })
        #expect(groups.isSuperset(of: ["core", "icons", "studio"]))
        let document = try JSON(parsing: program.system.documentBytes())
        let tags = (document["tags"]?.asList ?? []).filter { $0["description"] != nil }
        let names = Set(tags.compactMap { $0["name"]?.asString })
        #expect(names.isSuperset(of: ["system", "tokens", "icons", "studio"]))
    }

    @Test func `an app that is not served keeps its tables and has no routes`() throws {
        let program = try Blueprint.program(Settings())
        #expect(program.migrations.contains { $0.id == "icons/0001_assets" })
        #expect(program.migrations.contains { $0.id == "studio/0001_creators" })
        for word in ["icons", "studio", "/api/effects", "/api/sessions", "/api/brand-kit"] {
            #expect(!program.mount.routes.contains { $0.path.contains(word) }, "\(word)")
        }
        for name in ["icons.", "studio."] {
            #expect(!program.modules.flatMap(\.recurring).contains { $0.kind.hasPrefix(name) })
        }
    }
}
