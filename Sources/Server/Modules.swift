import API
import APIKeys
import Console
import Files
import Identity
import Jobs
import Mail
import Organizations
import Outgoing
import Realtime
import Resources
import SignIn
import Surfaces

/// What this program can do, in one list: what it stores and what it serves.
enum Modules {
    static func all(
        _ mails: UserMails, _ signedLinks: SignedLinks, _ surfaces: SurfaceList,
        _ system: SystemRoutes, _ console: Console, _ templates: MailTemplates,
        _ outgoing: HTTPClient, _ changes: Module, _ resources: Resources,
        _ realtime: Realtime, _ files: Files, _ apps: [Module]
    ) throws -> [Module] {
        let (identity, outbox) = (mails.identity, mails.outbox)
        let features = [
            SurfaceList.module,
            SessionRoutes(identity).module(surfaces),
            Password(mails).module(surfaces),
            Email(mails, signedLinks).module(surfaces),
            OAuth(identity, outgoing, baseURL: mails.links.baseURL).module(surfaces),
            Account(mails).module(surfaces),
            Organizations(
                identity,
                notice: InvitationMail(
                    outbox, try templates.find(.invitation), baseURL: mails.links.baseURL
                ).notice, isOut: mails.wake
            ).module(surfaces),
            APIKeys(identity).module(surfaces),
            guards,
            jobs,
            changes,
            Module("mail", statements: SealedMail.statements, jobs: [outbox.handler]),
            resourceTables,
            try resources.module(surfaces),
            realtime.module(),
            files.module(surfaces),
        ]
        return features + apps + [system.module, console.module]
    }

    private static let jobs = Module(
        "jobs", migrations: Job.migrations, statements: Job.statements)

    private static let resourceTables = Module(
        "resource-tables", migrations: [ResourceTables.migration],
        statements: FoundTables.statements)

    private static let guards = Module(
        "limits", migrations: [GuardWindow.migration], statements: GuardWindow.statements)
}
