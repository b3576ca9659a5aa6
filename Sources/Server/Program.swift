import API
import APIKeys
import Bus
import Changes
import Console
import Files
import HTTP
import Icons
import Identity
import Jobs
import Logs
import Loop
import Mail
import Outgoing
import Realtime
import Resources
import SQL
import Secrets
import SignIn
import Studio
import Surfaces
import Values

/// The modules of a program put together: everything that answers requests, without the database,
/// loops and sockets that a `Server` gives it.
final class Program: Sendable {
    let settings: Settings
    let identity: Identity
    let modules: [Module]
    let mount: Mount
    let surfaces: SurfaceList
    let system: SystemRoutes
    let outbox: Outbox
    /// What is written to rows of resources.
    let changes: ChangeLog
    let rows: Resources
    let realtime: Realtime
    let files: Files
    let studio: Studio
    /// What the settings' directory declares.
    let resources: DeclaredResources

    /// Throws `Mount.Mistakes` when modules do not fit together: a mistake of the program, found by
    /// every test. `describes` says whether the schemas of all operations are read to find out.
    init(
        _ settings: Settings, _ parts: Identity.Parts, _ signing: SigningSecrets,
        _ system: SystemRoutes, _ delivery: MailDelivery, _ outgoing: HTTPClient,
        _ generator: any IconGenerator, _ disks: BlockingPool, _ clock: Clock,
        describes: Bool = true
    ) throws {
        self.settings = settings
        resources = try DeclaredResources(settings)
        identity = Identity(settings.auth, parts, hasGuards: settings.limits.guards)
        self.system = system
        surfaces = SurfaceList(settings, signing, identity, APIKeys(identity))
        outbox = Outbox(
            JobQueue(parts.database, parts.bus, parts.randomness), parts.keyring, delivery)
        changes = ChangeLog(parts.database, parts.bus)
        let (templates, signedLinks) = (
            MailTemplates(folder: settings.mail.templates), SignedLinks(signing)
        )
        let mails = UserMails(
            identity, outbox, try UserMailTemplates(templates),
            MailLinks(
                baseURL: parts.baseURL,
                direct: settings.compat.mailLinks == .direct ? signedLinks : nil))
        rows = Resources(resources.catalog, identity, parts.keyring, changes)
        let (hasIcons, hasStudio) = (
            settings.apps.contains(.icons), settings.apps.contains(.studio)
        )
        files = Files(
            Files.Parts(identity: identity, signing: signing, pool: disks, clock: clock),
            Files.Options(settings))
        let liveLimits = RealtimeLimits(settings.realtime)
        let topics = TopicLog(parts.database, parts.bus, keeping: liveLimits.topicMessages)
        studio = Studio(
            Studio.Parts(
                identity: identity, limiter: parts.limiter, files: files, topics: topics,
                signing: signing, callers: surfaces.callers, baseURL: parts.baseURL),
            Studio.Options(settings.studio))
        realtime = Realtime(
            Realtime.Parts(
                identity: identity, bus: parts.bus, changes: changes, topics: topics, rows: rows,
                surfaces: surfaces, clock: clock),
            liveLimits,
            webSocket: WebSocketLimits(settings.http.webSocket),
            families: hasStudio ? studio.topicFamilies : [])
        let icons = Icons(identity, Icons.Options(settings.icons), generator, parts.limiter)
        modules = try Modules.all(
            mails, signedLinks, surfaces, system, Console(settings, outbox), templates, outgoing,
            changes.module(ChangeRetention(settings.changes)), rows, realtime, files,
            [icons.module(surfaces, isServed: hasIcons), studio.module(isServed: hasStudio)])
        mount = try Mount(
            surfaces.chosen(settings.surfaces) + (hasIcons ? [icons.surface] : [])
                + (hasStudio ? [studio.surface] : [])
                + [surfaces.pages.surface, Realtime.surface, SystemRoutes.surface],
            modules, describes: describes)
        system.describe(mount, settings)
    }

    /// Those of declared resources come last: their tables refer to others.
    var migrations: [Migration] { modules.flatMap(\.migrations) + resources.files.migrations }

    /// Columns outside of identity that the encryption keys seal.
    var otherSealedColumns: [SealedColumn] { [outbox.sealedColumn] + rows.sealedColumns }

    func runner(_ ambient: Ambient) -> JobRunner {
        JobRunner(
            outbox.queue, modules.flatMap(\.jobs), modules.flatMap(\.recurring),
            clock: ambient.clock, logger: ambient.logger)
    }

    /// Forgets what has expired. Rows of users who are forgotten go before them, and are told of.
    func sweep(at now: Instant) async throws {
        try await identity.sweep(at: now, farewell: rows.deleteRows)
    }

    func sequencer(_ ambient: Ambient) -> Sequencer {
        Sequencer(changes, clock: ambient.clock, logger: ambient.logger)
    }

    func application(_ ambient: Ambient, _ metrics: Metrics) -> Application {
        var options = Application.Options()
        options.allowedOrigins = settings.allowedOrigins
        options.traffic = TrafficLimit(settings.limits.traffic)
        options.bodyBytesMax = settings.http.limits.bodyBytes.bytes
        options.logsRequests = settings.log.requests
        options.contentSecurityPolicy = SecurityFields.apiPolicy
        return Application(
            mount, options,
            Application.Environment(
                clock: ambient.clock, randomness: ambient.randomness, logger: ambient.logger,
                metrics: metrics))
    }
}

/// What a program must be given from outside: nothing in it is global.
package struct Ambient: Sendable {
    package var clock: Clock
    package var randomness: Randomness
    package var logger: Logger

    package init(clock: Clock, randomness: Randomness, logger: Logger) {
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
    }
}

extension ChangeLog {
    fileprivate func module(_ retention: ChangeRetention) -> Module {
        Module(
            "changes", migrations: Change.migrations, statements: Change.statements,
            jobs: [retention.handler(self)], recurring: [ChangeRetention.schedule])
    }
}

extension Settings {
    /// Who may call from a browser (CORS): whoever may act for a user there must be able to ask.
    fileprivate var allowedOrigins: Set<String> {
        Set((http.allowedOrigins + compat.trustedOrigins).map(\.text))
    }
}

extension SurfaceList {
    fileprivate init(
        _ settings: Settings, _ signing: SigningSecrets, _ identity: Identity,
        _ keys: any KeyFinder
    ) {
        let origins = TrustedOrigins(
            baseURL: settings.effectiveBaseURL, others: settings.allowedOrigins)
        let cookie = RefreshCookie(
            isSecure: settings.isSecure,
            lifetime: settings.auth.tokens.refreshExpiresAfter.duration, origins: origins)
        let cookies = CompatCookies(
            secrets: signing, isSecure: settings.isSecure,
            lifetime: settings.auth.session.expiresAfter.duration,
            takesUnsigned: settings.compat.rawCookie,
            data: SessionDataCookie(settings.compat.cookieCache, signing, identity.randomness))
        var options = Compat.Options()
        options.takesBearer = settings.compat.bearer
        options.showsJWT = settings.compat.jwtHeader
        options.defersRefresh = settings.compat.deferRefresh
        options.limit = TrafficLimit(settings.compat.rateLimit)
        options.sendsVerification = settings.compat.verificationMails
        let compat = Compat(cookies: cookies, origins: origins, options: options)
        self.init(
            v1: V1(cookie: cookie), tokens: Tokens(cookie: cookie), compat: compat,
            callers: Callers(identity, compat, keys))
    }

    /// In the order in which they answer for a path that two share.
    fileprivate func chosen(_ names: [SurfaceName]) -> [Surface] {
        SurfaceName.allCases.filter(names.contains).map { name in
            switch name {
            case .v1: v1.surface
            case .tokens: tokens.surface
            case .compat: compat.surface
            }
        }
    }
}

extension SessionDataCookie {
    fileprivate init?(
        _ settings: CookieCacheSettings, _ secrets: SigningSecrets, _ randomness: Randomness
    ) {
        guard settings.isOn else { return nil }
        self.init(settings.form, for: settings.keptFor.duration, secrets, randomness)
    }
}

extension TrafficLimit {
    fileprivate init?(_ settings: CompatLimitSettings) {
        guard settings.isOn else { return nil }
        self.init(
            requests: settings.requests.value,
            seconds: max(1, Int(settings.window.duration.components.seconds)))
    }

    fileprivate init?(_ settings: TrafficSettings) {
        guard settings.isOn else { return nil }
        self.init(
            requests: settings.requests.value,
            seconds: max(1, Int(settings.window.duration.components.seconds)))
    }
}
