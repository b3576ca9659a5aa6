import AtriumTesting
import DatabaseTesting
import Foundation
import Jobs
import Mail
import SQL
import Server
import Testing
import Values

/// `mail.templates`: an operator's words, read when the server starts.
struct OwnWordsTests {
    private func folder(_ files: [String: String]) throws -> String {
        let folder = try #require(makeTemporaryDirectory("atrium-words"))
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        return folder
    }

    @Test func `a mail is in the operator's words where he has some`() async throws {
        let folder = try folder(["reset-password.txt": "Moin {{name}}\n\nLos: {{link}}\n"])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withServer(on: .sqlite, .set(\.mail.templates, try DirectoryPath(folder))) {
            client in
            _ = try await client.user(name: "<Ada>")
            // Mails call nobody by a name before his address is known to be his.
            try await client.server.database.execute(
                "UPDATE users SET email_verified_at = created_at")
            _ = await client.post(
                "/api/v1/auth/forgot-password", ["email": "ada@example.com"])
            try await client.settle()
            let mail = try #require(try await client.server.outbox.newest(limit: 1).first?.mail)
            #expect(mail.subject == "Moin <Ada>")
            #expect(mail.text.hasPrefix("Los: http://localhost:4000/auth/reset-password#token="))
            #expect(mail.html.contains("Hello &lt;Ada&gt;,"))
        }
    }

    @Test func `words that cannot be used stop the start with a line that says why`() async throws {
        let folder = try folder(["reset-password.html": "<p>{{password}}</p>"])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (path, part) in [
            (folder, "reset-password.html has {{password and may have {{code}}"),
            (folder + "/nowhere", "cannot be read: No such file or directory"),
        ] {
            do {
                try await withServer(on: .sqlite, .set(\.mail.templates, try DirectoryPath(path))) {
                    _ in
                }
                Issue.record("it started")
            } catch {
                #expect("\(error)".hasPrefix("mail.templates: "))
                #expect("\(error)".contains(part), "\(error)")
            }
        }
    }
}
