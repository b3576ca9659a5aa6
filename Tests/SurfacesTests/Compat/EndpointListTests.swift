import AtriumTesting
import Foundation
import HTTP
import SQL
import Testing

/// docs/compat.md lists all endpoints of better-auth and says which are here. This asks the server.
struct EndpointListTests {
    /// A line of the list: `| POST | /sign-out | signOut | yes |`.
    private struct Row: CustomStringConvertible {
        var methods: [String]
        var path: String
        var name: String
        var isHere: Bool

        init?(_ line: Substring) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[4] == "yes" || cells[4] == "no" else { return nil }
            methods = cells[1].components(separatedBy: ", ").filter { $0 != "–" }
            path = cells[2].replacingOccurrences(of: "`", with: "")
            name = cells[3]
            isHere = cells[4] == "yes"
        }

        var description: String {
            let methods = methods.isEmpty ? "–" : methods.joined(separator: ", ")
            let path = self.path == "–" ? path : "`\(self.path)`"
            return "| \(methods) | \(path) | \(name) | \(isHere ? "yes" : "no") |"
        }
    }

    private static let root =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    private static let heading = "## All endpoints of better-auth"

    private static func list() throws -> (before: String, rows: [Row], after: String) {
        let text = try String(contentsOfFile: root + "/docs/compat.md", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading })
        let first = try #require(lines[start...].firstIndex { Row($0) != nil })
        let rows = lines[first...].prefix { $0.hasPrefix("|") }
        return (
            lines[..<first].joined(separator: "\n"), rows.compactMap(Row.init),
            lines[rows.endIndex...].joined(separator: "\n")
        )
    }

    /// What is not here is answered as better-auth answers unknown paths: 404 and nothing at all.
    private static func isServed(_ row: Row, _ client: TestClient) async -> Bool {
        let path =
            "/api/auth"
            + row.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "x" : String($0) }.joined(separator: "/")
        for name in row.methods {
            guard let method = Method(name) else { return false }
            let answer = await client.another().send(method, path)
            if answer.status == 404, answer.bytes.isEmpty { return false }
        }
        return !row.methods.isEmpty
    }

    @Test func `each endpoint is said to be here or not, as it is`() async throws {
        let list = try Self.list()
        let found = try await withServer(on: .sqlite) { client in
            var found = list.rows
            for index in found.indices {
                found[index].isHere = await Self.isServed(found[index], client)
            }
            return found.map(\.description)
        }
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] != nil {
            try (list.before + "\n" + found.joined(separator: "\n") + "\n" + list.after)
                .write(toFile: Self.root + "/docs/compat.md", atomically: true, encoding: .utf8)
        }
        #expect(
            list.rows.map(\.description) == found,
            "write it anew: WRITE_DOCS=1 swift test --filter EndpointListTests")
    }

    @Test func `the list has all of them, each once`() throws {
        let rows = try Self.list().rows
        #expect(rows.count == 141)
        #expect(Set(rows.map(\.name)).count == 141)
    }

    /// Where the recordings are at hand, with the list that came with them.
    @Test func `the list is better-auth's`() throws {
        let path = Self.root + "/../shared/conformance/endpoints.txt"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        let theirs = text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let isRoute = words[0] != "*"
            return [
                isRoute ? words[0].replacingOccurrences(of: "|", with: ", ") : "",
                isRoute ? String(words[1]) : "–", String(words[words.count - 1]),
            ].joined(separator: " ")
        }
        let ours = try Self.list().rows.map {
            [$0.methods.joined(separator: ", "), $0.path, $0.name].joined(separator: " ")
        }
        #expect(Set(theirs) == Set(ours))
    }
}
