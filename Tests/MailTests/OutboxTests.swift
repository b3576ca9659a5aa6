import AtriumTesting
import DatabaseTesting
import Jobs
import MailTesting
import Outgoing
import SQL
import Server
import Testing
import Values

@testable import Mail

extension TestClient {
    /// Waits until nothing is due: the server's own runner does jobs, too.
    func settle() async throws {
        while true {
            try await server.jobs.runDue()
            let waiting = try await server.jobs.queue.list(.ready)
            if !waiting.contains(where: { $0.isHeld || $0.runAt <= clock.now }) { return }
            await Task.yield()
        }
    }
}

/// S3-24: a mail is written with what caused it, and arrives over SMTP.
@Suite(.enabled(if: MailServer.isExpected)) struct OutboxTests {
    private func change(_ server: MailServer, timeout: TimeSpan = "20s") throws -> SettingsChange {
        var mail = Settings().mail
        mail.from = try EmailAddress("atrium@example.com")
        mail.fromName = try SettingText("Zürich, AG")
        mail.smtp.host = try HostName("localhost")
        mail.smtp.port = try PositiveCount(server.port)
        mail.smtp.tls = .none
        mail.smtp.timeout = timeout
        return .set(\.mail, mail)
    }

    private static let wish = "/api/v1/auth/forgot-password"

    @Test(arguments: Engine.tested)
    func `a mail reaches its reader`(on engine: Engine) async throws {
        let server = try MailServer("plain")
        try await withServer(on: engine, try change(server)) { client in
            _ = try await client.user("ada@example.com")
            #expect(await client.post(Self.wish, ["email": "ada@example.com"]).status == 200)
            try await client.settle()
            let taken = try #require(server.mails.first)
            #expect(server.mails.count == 1)
            #expect(taken.contains("X-Envelope: atrium@example.com ada@example.com"))
            #expect(taken.contains("Subject: Choose a new password\r\n"))
            #expect(taken.contains("<atrium@example.com>\r\n"))
        }
    }

    @Test(arguments: Engine.tested)
    func `a refused mail is put aside, one that is to come again does`(
        on engine: Engine
    ) async throws {
        for (mode, state) in [("refuse", JobState.dead), ("later", .done)] {
            let server = try MailServer(mode)
            try await withServer(on: engine, try change(server)) { client in
                _ = try await client.user("ada@example.com")
                _ = await client.post(Self.wish, ["email": "ada@example.com"])
                for _ in 0..<3 {
                    try await client.settle()
                    client.clock.advance(by: .minutes(2))
                }
                let mails = try await client.server.jobs.queue.list(state).filter {
                    $0.kind == "mail.send"
                }
                #expect(mails.count == 1)
                #expect(mails.first?.tries == (state == .dead ? 1 : 3))
                #expect(server.mails.count == (state == .dead ? 0 : 1))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `of a thousand mails none is lost when the mail server dies in between`(on engine: Engine)
        async throws
    {
        let first = try MailServer("plain")
        try await withServer(on: engine, try change(first)) { client in
            let outbox = try await Self.outbox(client)
            let addresses = (0..<1000).map { "reader\($0)@example.com" }
            for (number, address) in addresses.enumerated() {
                try await Self.send(address, outbox, client.clock.now)
                if number == 500 {
                    try await client.settle()
                    first.stop()
                }
            }
            try await client.settle()
            #expect(try await client.server.jobs.queue.list(.ready).count == JobQueue.listMax)
            let second = try MailServer("plain", in: first.directory, port: first.port)
            for _ in 0..<4 {
                client.clock.advance(by: .hours(1))
                try await client.settle()
            }
            let readers = second.mails.compactMap { mail -> String? in
                guard let start = mail.firstRange(of: "To: <") else { return nil }
                return String(mail[start.upperBound...].prefix { $0 != ">" })
            }
            #expect(Set(addresses).subtracting(readers) == [])
            let outcome = try await outbox.newest(limit: 1001)
            #expect(outcome.count == 1000)
            #expect(outcome.allSatisfy { $0.state == .done })
        }
    }

    private static func outbox(_ client: TestClient) async throws -> Outbox {
        client.server.outbox
    }

    private static func send(_ address: String, _ outbox: Outbox, _ now: Instant) async throws {
        let mail = Mail(
            to: try EmailAddress(address), subject: "Hello", text: "Hello", html: "<p>Hello</p>")
        try await outbox.insert(mail, at: now, in: outbox.queue.database)
    }

    @Test(arguments: Engine.tested)
    func `the database alone tells no mail`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let outbox = client.server.outbox
            try await Self.send("ada@example.com", outbox, client.clock.now)
            let rows = try await outbox.queue.newest("mail.send", limit: 10)
            #expect(rows.count == 1)
            #expect(rows.allSatisfy { $0.payload.hasPrefix("a1.1.") })
            #expect(try await outbox.newest(limit: 10).map(\.mail.subject) == ["Hello"])
        }
    }

    @Test(arguments: Engine.tested)
    func `in prod without a mail server mails wait, and the operator is told`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .set(\.environment, .prod)) { client in
            #expect(client.log.lines.contains { $0.contains("no mail server is set") })
            try await Self.send("ada@example.com", client.server.outbox, client.clock.now)
            try await client.settle()
            let waiting = try await client.server.jobs.queue.list(.ready)
            #expect(waiting.map(\.error) == ["no mail server is set: mail.smtp.host"])
            #expect(await client.get("/dev/mail").status == 404)
        }
    }
}
