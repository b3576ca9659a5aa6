import API
import APIKeys
import Console
import Identity
import Jobs
import Mail
import Organizations
import SignIn
import Surfaces

/// What this program can do, in one list: what it stores and what it serves.
enum Modules {
    static func all(
        _ identity: Identity, _ surfaces: SurfaceList, _ system: SystemRoutes, _ console: Console,
        _ mail: Outbox, _ templates: MailTemplates, baseURL: String
    ) throws -> [Module] {
        [
            SurfaceList.module,
            SessionRoutes(identity).module(surfaces),
            Password(identity, mail, try templates.find(.resetPassword), baseURL: baseURL)
                .module(surfaces),
            Account(identity).module(surfaces),
            Organizations(identity).module(surfaces),
            APIKeys(identity).module(surfaces),
            guards,
            jobs,
            Module("mail", statements: SealedMail.statements, jobs: [mail.handler]),
            system.module,
            console.module,
        ]
    }

    private static let jobs = Module(
        "jobs", migrations: Job.migrations, statements: Job.statements)

    private static let guards = Module(
        "limits", migrations: [GuardWindow.migration], statements: GuardWindow.statements)
}
