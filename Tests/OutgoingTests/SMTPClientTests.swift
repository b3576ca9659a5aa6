import MailTesting
import Testing
import Values

@testable import Outgoing

private let sender = EmailAddress(stored: "atrium@example.com")
private let reader = EmailAddress(stored: "ada@example.com")
private let mail = Array("Subject: x\r\n\r\nHello\r\n.\r\n..dots\r\n".utf8)

extension SMTPServer {
    fileprivate init(_ server: MailServer, _ security: Security, host: String = "localhost") {
        self.init(host: host, port: server.port, security: security)
        trustedCertificates = security == .none ? nil : server.directory + "/ca.pem"
    }
}

/// S3-24: mails over real SMTP, to a server that others wrote and to ones that behave badly.
@Suite(.enabled(if: MailServer.isExpected)) struct SMTPClientTests {
    private func failure(_ client: SMTPClient) async -> SMTPFailure? {
        do throws(SMTPFailure) {
            try await client.send(mail, from: sender, to: reader)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a mail goes over STARTTLS and AUTH, dots and all`() async throws {
        let server = try MailServer("starttls")
        var place = SMTPServer(server, .startTLS)
        (place.user, place.password) = ("ada", Secret("secret"))
        let client = SMTPClient(place)
        defer { client.close() }
        try await client.send(mail, from: sender, to: reader)
        let taken = try #require(server.mails.first)
        #expect(taken.contains("X-Envelope: atrium@example.com ada@example.com\r\n"))
        #expect(taken.contains("X-Session: tls=True auth=True\r\n"))
        #expect(taken.contains("\r\nHello\r\n.\r\n..dots\r\n"))
    }

    @Test func `a mail goes over TLS from the first byte`() async throws {
        let server = try MailServer("tls")
        let client = SMTPClient(SMTPServer(server, .tls))
        defer { client.close() }
        try await client.send(mail, from: sender, to: reader)
        #expect(server.mails.count == 1)
    }

    @Test func `nothing is sent to a server that offers no TLS, unless that is allowed`()
        async throws
    {
        let server = try MailServer("plain")
        for security in [SMTPServer.Security.startTLS, .tls] {
            var place = SMTPServer(server, security)
            place.trustedCertificates = nil
            place.timeout = .seconds(20)
            let client = SMTPClient(place)
            defer { client.close() }
            let failure = await failure(client)
            #expect(failure?.isPermanent == false)
            #expect(server.mails.isEmpty)
        }
        for security in [SMTPServer.Security.startTLSIfOffered, .none] {
            var place = SMTPServer(server, security)
            place.trustedCertificates = nil
            let client = SMTPClient(place)
            defer { client.close() }
            try await client.send(mail, from: sender, to: reader)
        }
        #expect(server.mails.count == 2)
    }

    @Test func `a certificate that nobody vouches for is refused`() async throws {
        let server = try MailServer("starttls")
        var place = SMTPServer(server, .startTLS)
        place.trustedCertificates = nil
        let client = SMTPClient(place)
        defer { client.close() }
        #expect(await failure(client)?.isPermanent == false)
        #expect(server.mails.isEmpty)
    }

    @Test func `a wrong password is the operator's to mend, and no refusal of the mail`()
        async throws
    {
        let server = try MailServer("starttls")
        var place = SMTPServer(server, .startTLS)
        (place.user, place.password) = ("ada", Secret("wrong"))
        let client = SMTPClient(place)
        defer { client.close() }
        let failure = try #require(await failure(client))
        #expect(!failure.isPermanent)
        #expect(!failure.description.contains("wrong"))
    }

    @Test func `5xx is for ever, 4xx is for now`() async throws {
        let refusing = try MailServer("refuse")
        let refused = SMTPClient(SMTPServer(refusing, .none))
        defer { refused.close() }
        #expect(await failure(refused)?.isPermanent == true)
        let later = try MailServer("later")
        let patient = SMTPClient(SMTPServer(later, .none))
        defer { patient.close() }
        #expect(await failure(patient)?.isPermanent == false)
        #expect(await failure(patient)?.isPermanent == false)
        #expect(await failure(patient) == nil)
        #expect(later.mails.count == 1)
    }

    @Test func `a server that cuts in the middle, and one that is not there`() async throws {
        let server = try MailServer("cut")
        let client = SMTPClient(SMTPServer(server, .none))
        defer { client.close() }
        #expect(await failure(client)?.isPermanent == false)
        #expect(await failure(client) == nil)
        server.stop()
        #expect(await failure(client)?.isPermanent == false)
        // A name that no server has (RFC 6761 §6.4).
        let nowhere = SMTPClient(SMTPServer(host: "mail.invalid", port: 25, security: .none))
        defer { nowhere.close() }
        #expect(await failure(nowhere)?.isPermanent == false)
    }

    @Test(arguments: ["silent", "mute"])
    func `a server that says nothing is left after the time-out`(_ mode: String) async throws {
        let server = try MailServer(mode)
        var place = SMTPServer(server, .none)
        place.timeout = .seconds(1)
        let client = SMTPClient(place)
        defer { client.close() }
        let failure = await failure(client)
        // The mute one has taken the mail: what it owes is only the answer to QUIT.
        #expect((failure == nil) == (mode == "mute"))
        #expect(server.mails.count == (mode == "mute" ? 1 : 0))
    }

    @Test func `whoever gives up need not wait for the server`() async throws {
        let server = try MailServer("silent")
        let client = SMTPClient(SMTPServer(server, .none))
        defer { client.close() }
        let task = Task { await failure(client) }
        task.cancel()
        #expect(await task.value?.isPermanent == false)
    }

    @Test func `many at once, over a few connections`() async throws {
        let server = try MailServer("plain")
        let client = SMTPClient(SMTPServer(server, .none))
        defer { client.close() }
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { try await client.send(mail, from: sender, to: reader) }
            }
            try await group.waitForAll()
        }
        #expect(server.mails.count == 50)
    }

    @Test func `a mail beyond all measure is refused without a server`() async {
        let client = SMTPClient(SMTPServer(host: "mail.invalid", port: 25, security: .none))
        let huge = [UInt8](repeating: 65, count: SMTPClient.bytesMax + 1)
        await #expect(throws: SMTPFailure.self) {
            try await client.send(huge, from: sender, to: reader)
        }
    }
}
