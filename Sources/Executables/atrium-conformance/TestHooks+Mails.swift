import Coding
import HTTP
import Jobs
import Mail
import Server
import Values

// The product's own outbox, in the words of better-auth's callbacks.

extension TestHooks {
    /// Newest last. `?to=` and `?type=` choose.
    func mails(_ request: Request) async throws -> JSON {
        let running = try await profiles.require(profile)
        try await settle(running)
        let query = request.query.flatMap { try? FormURLEncoded.decode(query: $0) } ?? []
        let wanted = Dictionary(query.map { ($0.name, $0.text) }) { first, _ in first }
        let mails = try await running.server.outbox.newest(limit: 200).map(\.mail).compactMap(
            Self.entry)
        return .list(
            mails.reversed().filter { entry in
                ["to", "type"].allSatisfy { name in
                    wanted[name] == nil || entry[name]?.asString == wanted[name]
                }
            })
    }

    /// What was asked for by requests that have been answered is written by jobs.
    private func settle(_ running: Profiles.Running) async throws {
        while true {
            try await running.server.jobs.runDue()
            let now = running.clock.clock.now
            let waiting = try await running.server.jobs.queue.list(.ready)
            if !waiting.contains(where: { $0.isHeld || $0.runAt <= now }) { return }
            await Task.yield()
        }
    }

    private static let types = [
        "reset-password": "reset-password", "verify-email": "verify-email",
        "change-email-confirmation": "change-email-confirmation", "change-email": "verify-email",
        "delete-account": "delete-account", "invitation": "invitation",
    ]

    private static func entry(_ mail: Mail) -> JSON? {
        guard let type = mail.kind.flatMap({ types[$0] }) else { return nil }
        var entry: JSONObject = ["type": .string(type), "to": .string(mail.recipient.text)]
        let lines = mail.text.split(whereSeparator: \.isNewline)
        if let url = lines.first(where: { $0.hasPrefix("http") && !$0.contains(" ") }) {
            entry["url"] = .string(String(url))
            entry["token"] = token(of: url).map { .string($0) }
        }
        return .object(entry)
    }

    /// `?token=…`, or the last part of the path.
    private static func token(of url: Substring) -> String? {
        let address = url.prefix { $0 != "?" }
        let fields = try? FormURLEncoded.decode(query: String(url.dropFirst(address.count + 1)))
        return fields?.first { $0.name == "token" }?.text
            ?? address.split(separator: "/").last.map(String.init)
    }
}
