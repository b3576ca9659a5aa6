import AtriumTesting
import Coding
import Foundation
import SQL
import Testing

/// The API as clients read it. What changes it shows in review, and has to be meant.
struct DocumentTests {
    @Test func `docs/openapi.json is what is served`() async throws {
        let json = try await withServer(on: .sqlite) { await $0.get("/api/openapi.json").json }
        let text = Self.lines(of: json, indent: "") + "\n"
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] != nil {
            try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: Self.path, encoding: .utf8)
        #expect(
            committed == text, "write it anew: WRITE_DOCS=1 swift test --filter DocumentTests")
    }

    /// OpenAPI 3.1, §4.8: what each operation, answer and reference must have.
    @Test func `the document is well-formed`() async throws {
        let json = try await withServer(on: .sqlite) { await $0.get("/api/openapi.json").json }
        for path in json["paths"]?.asObject?.members ?? [] {
            #expect(path.name.hasPrefix("/"))
            for operation in path.value.asObject?.members ?? [] {
                let place = Comment(rawValue: "\(operation.name) \(path.name)")
                let summary = operation.value["summary"]?.asString
                #expect(summary?.hasSuffix(".") == true, place)
                let answers = operation.value["responses"]?.asObject?.members ?? []
                #expect(answers.contains { $0.name.hasPrefix("2") || $0.name == "302" }, place)
                for answer in answers {
                    #expect(answer.name.count == 3, place)
                    #expect(answer.value["description"]?.asString?.isEmpty == false, place)
                }
                for parameter in operation.value["parameters"]?.asList ?? [] {
                    #expect(parameter["name"]?.asString != nil && parameter["schema"] != nil, place)
                    let isInPath = path.name.contains("{\(parameter["name"]?.asString ?? "")}")
                    #expect(parameter["in"] == (isInPath ? "path" : "query"), place)
                }
                for scheme in operation.value["security"]?.asList ?? [] {
                    let name = scheme.asObject?.names.first ?? ""
                    #expect(json["components"]?["securitySchemes"]?[name] != nil, place)
                }
            }
        }
        for reference in Self.references(in: json) {
            let names = reference.split(separator: "/").dropFirst()
            #expect(names.reduce(json) { $0?[String($1)] } != nil, "\(reference)")
        }
    }

    private static func references(in json: JSON) -> [String] {
        switch json {
        case .object(let object):
            object.members.flatMap { member in
                member.name == "$ref"
                    ? [member.value.asString ?? ""] : references(in: member.value)
            }
        case .list(let list): list.flatMap(references)
        default: []
        }
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
