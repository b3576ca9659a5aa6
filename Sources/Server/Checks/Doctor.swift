import CLinux
import Glibc
import HTTPServer
import Loop
import Outgoing
import SQL
import SQLiteStore
import Secrets
import Values

/// Looks at everything that a server needs, before somebody relies on it. Makes and changes nothing
/// but what opening a database makes.
struct Doctor {
    let settings: Settings
    let environment: CommandEnvironment

    func findings() async -> [Finding] {
        let directory = directoryFinding
        var findings = [directory, secrets, baseURL, mail, libcurl, openFiles, uploads, clock]
        findings += listeners
        findings += await providers()
        findings += icons
        let mistakes = mistakenResources
        findings += mistakes
        // What the program would have in the database, nobody can tell then.
        if !mistakes.isEmpty { return findings }
        if directory.mark == .failure, settings.databasePlace.isFile { return findings }
        return findings + (await database())
    }

    // MARK: This machine

    private var directoryFinding: Finding {
        let path = settings.data.text
        if access(path, F_OK) != 0 {
            return .warning("data", "\(path) does not exist yet; the first start makes it")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return .failure("data", "\(path) cannot be written by this user")
        }
        return .ok("data", isServing ? "\(path), in use by a server that runs" : path)
    }

    /// Whether a server has the data directory. Asked by taking its lock for a moment.
    private var isServing: Bool {
        guard access(settings.data.file("atrium.lock"), F_OK) == 0 else { return false }
        return (try? DirectoryLock(settings.data.text)) == nil
    }

    private var secrets: Finding {
        let kept = [
            settings.secrets.signing.isEmpty ? "signing" : nil,
            settings.secrets.encryption.isEmpty ? "encryption" : nil,
        ].compactMap { $0 }
        guard !kept.isEmpty else { return .ok("secrets", "all given") }
        let directory = settings.data.file(ServerSecrets.directoryName)
        return .ok("secrets", "\(kept.joined(separator: ", ")) kept in \(directory)")
    }

    private var baseURL: Finding {
        let url = settings.effectiveBaseURL
        if settings.environment == .prod, settings.baseURL == nil {
            return .warning("baseURL", "not given: links and tokens name \(url); set API_BASE_URL")
        }
        let isLocal = ["http://localhost", "http://127.0.0.1"].contains(where: url.hasPrefix)
        if settings.environment == .prod, !settings.isSecure, !isLocal {
            return .warning("baseURL", "\(url) is not https: cookies are sent in the clear")
        }
        return .ok("baseURL", url)
    }

    private var mail: Finding {
        if settings.mail.place != nil { return .ok("mail", settings.mailDescription) }
        guard settings.environment == .prod else {
            return .ok("mail", "kept for \(settings.effectiveBaseURL)/dev/mail; none is sent")
        }
        return .warning("mail", Settings.mailWarning)
    }

    /// Loaded at the first mail or request, so that its absence shows at no start.
    private var libcurl: Finding {
        if let version = CurlLibrary.version { return .ok("libcurl", version) }
        let problem = CurlLibrary.problem ?? ""
        return settings.mail.place == nil
            ? .warning("libcurl", "no provider can be asked: \(problem)")
            : .failure("libcurl", "no mail can be sent: \(problem)")
    }

    private var openFiles: Finding {
        let needed = settings.http.limits.connections.value + 100
        guard OpenFiles.limit >= needed else {
            return .warning(
                "files",
                "\(OpenFiles.limit) may be open, and http.limits.connections asks for "
                    + "\(needed): raise `ulimit -n`")
        }
        return .ok("files", "\(OpenFiles.limit) may be open")
    }

    private var clock: Finding {
        let now = environment.clock.now
        // A machine without a clock starts in 1970; this program was written later than 2026 began.
        guard now.seconds > 1_767_225_600 else {
            return .failure("clock", "it says \(now): tokens would have ended before they began")
        }
        return .ok("clock", now.description)
    }

    private var listeners: [Finding] {
        guard !isServing else { return [] }
        return settings.http.listen.map { place in
            let group = EventLoopGroup(count: 1)
            let server = HTTPServer(ServerConfiguration(addresses: [place.address]), group: group) {
                _ in .text("")
            }
            do {
                try server.start()
                return .ok("listen", "\(place.text) is free")
            } catch {
                return .failure("listen", "\(error)")
            }
        }
    }

    // MARK: The database

    private func database() async -> [Finding] {
        if case .sqlite(let file) = settings.databasePlace, access(file, F_OK) != 0 {
            return [.warning("database", "\(file) does not exist yet; the first start makes it")]
        }
        do {
            return try await OpenDatabase.opened(settings, environment.randomness) { opened in
                await look(at: opened)
            }
        } catch {
            return [.failure("database", "\(error)")]
        }
    }

    private func look(at opened: OpenDatabase) async -> [Finding] {
        [
            .ok("database", settings.databaseDescription),
            await integrity(opened),
            await migrations(opened.database),
        ] + (await resources(opened.database)) + (await changes(opened.database))
            + (await files(opened.database))
    }

    private func integrity(_ opened: OpenDatabase) async -> Finding {
        do {
            let problems = try await opened.integrityProblems()
            guard let first = problems.first else { return .ok("integrity", "no problem found") }
            return .failure(
                "integrity", "\(problems.count) problems, the first: \(first). Restore a backup.")
        } catch {
            return .failure("integrity", error.message)
        }
    }

    private func migrations(_ database: any Database) async -> Finding {
        do {
            let program = try Blueprint.program(settings)
            let migrations = Migrations(program, environment.clock)
            return Self.finding(
                of: try await migrations.migrator().status(on: database), migrations)
        } catch {
            return .failure("migrations", "\(error)")
        }
    }

    private static func finding(
        of statuses: [MigrationStatus], _ migrations: Migrations
    ) -> Finding {
        func failure(_ error: MigrationError) -> Finding {
            .failure("migrations", migrations.refusal(error).description)
        }
        for status in statuses {
            switch status.state {
            case .changed: return failure(.changed(status.id))
            case .unknown: return failure(.unknown(status.id))
            case .pending, .applied: continue
            }
        }
        let pending = statuses.filter { $0.state == .pending }.map(\.id)
        guard pending.isEmpty else {
            return .warning(
                "migrations", "\(pending.joined(separator: ", ")) missing: run `atrium migrate up`")
        }
        return .ok("migrations", "\(statuses.count) applied, none missing")
    }
}

extension DatabaseURL.Place {
    fileprivate var isFile: Bool {
        if case .sqlite = self { true } else { false }
    }
}
