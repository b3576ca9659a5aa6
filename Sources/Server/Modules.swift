import API
import Console
import Identity
import SignIn
import Surfaces

/// What this program can do, in one list: what it stores and what it serves.
enum Modules {
    static func all(
        _ identity: Identity, _ surfaces: SurfaceList, _ system: SystemRoutes, _ console: Console
    ) -> [Module] {
        [
            SurfaceList.module,
            SessionRoutes(identity).module(surfaces),
            Password(identity).module(surfaces),
            Account(identity).module(surfaces),
            guards,
            system.module,
            console.module,
        ]
    }

    private static let guards = Module(
        "limits", migrations: [GuardWindow.migration], statements: GuardWindow.statements)
}
