import Coding
import HTTP
import SQL
import Values

/// What recordings do beside the API: forget everything, move the clock, look at mails.
struct TestHooks {
    let profiles: Profiles
    let profile: Profile

    func respond(to request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 16)
        let input = (try? JSON(parsing: body)) ?? [:]
        switch request.path {
        case "/__test/reset":
            await profiles.remove(profile)
            return ok()
        case "/__test/clock":
            let seconds = input["advanceSeconds"]?.asInteger ?? 0
            let offset = try await profiles.require(profile).clock.advance(by: .seconds(seconds))
            return .json(JSON.object(["offsetMs": .integer(offset.microseconds / 1000)]).bytes())
        case "/__test/verify-user":
            return try await verify(input["email"]?.asString ?? "")
        case "/__test/promote-admin":
            return try await promote(input["email"]?.asString ?? "")
        case "/__test/outbox":
            return .json(try await mails(request).bytes())
        default:
            return .text("there is no such hook yet\n", status: .notFound)
        }
    }

    private func ok() -> Response { .json(JSON.object(["ok": true]).bytes()) }

    private func verify(_ email: String) async throws -> Response {
        guard let address = try? EmailAddress(email) else { return Response(.badRequest) }
        let running = try await profiles.require(profile)
        try await running.server.database.execute(
            Self.verify, address, running.clock.clock.now)
        return ok()
    }

    private func promote(_ email: String) async throws -> Response {
        guard let address = try? EmailAddress(email) else { return Response(.badRequest) }
        let running = try await profiles.require(profile)
        try await running.server.database.execute(
            Self.promote, address, running.clock.clock.now)
        return ok()
    }

    private static let promote = Statement(
        .write,
        sqlite: """
            UPDATE users SET fields = json_set(fields, '$.role', 'admin'), updated_at = $2
            WHERE email = $1
            """,
        postgres: """
            UPDATE users SET fields = fields || '{"role": "admin"}', updated_at = $2
            WHERE email = $1
            """, binds: EmailAddress.self, Instant.self, returns: NoRow.self)

    private static let verify = Statement(
        .write, "UPDATE users SET email_verified_at = $2, updated_at = $2 WHERE email = $1",
        binds: EmailAddress.self, Instant.self)
}
