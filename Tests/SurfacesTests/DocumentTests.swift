import AtriumTesting
import Coding
import Foundation
import SQL
import Server
import Testing

/// The API as clients read it. What changes it shows in review, and has to be meant.
struct DocumentTests {
    @Test func `docs/openapi.json is what is served`() async throws {
        let json = try await withServer(on: .sqlite, .set(\.apps, AppName.allCases)) {
            await $0.get("/api/openapi.json").json
        }
        let text = Self.lines(of: json, indent: "") + "\n"
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] != nil {
            try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: Self.path, encoding: .utf8)
        #expect(
            committed == text, "write it anew: WRITE_DOCS=1 swift test --filter DocumentTests")
    }

    /// The clone's document.
    private static let path =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/docs/openapi.json"

    /// One member a line, so that a change is a line.
    private static func lines(of json: JSON, indent: String) -> String {
        let inner = indent + "  "
        switch json {
        case .object(let object) where !object.isEmpty:
            let members = object.members.map { member in
                inner + JSON.string(member.name).description + ": "
                    + lines(of: member.value, indent: inner)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n" + indent + "}"
        case .list(let list) where list.contains { $0.asObject != nil || $0.asList != nil }:
            let elements = list.map { inner + lines(of: $0, indent: inner) }
            return "[\n" + elements.joined(separator: ",\n") + "\n" + indent + "]"
        default: return json.description
        }
    }
}
