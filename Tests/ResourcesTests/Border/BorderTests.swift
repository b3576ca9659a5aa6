import AtriumTesting
import Coding
import HTTP
import SQL
import Testing

@testable import Resources

/// S3-12, S3-23: two organizations, their people, strangers and keys; every kind of rule for every kind
/// of owner; every operation, filter, order, search and inclusion. What a caller may not see is not
/// shown, not counted, and answered for as if it had never been.
///
/// What may be seen is decided twice: by the server's SQL, and by `BorderCaller.meets` in plain Swift.
struct BorderTests {
    @Test(arguments: Engine.tested)
    func `no list shows or counts what is across the border`(on engine: Engine) async throws {
        try await withBorderWorld(on: engine) { client, world in
            for caller in world.callers {
                let secrets = try world.secrets(from: caller)
                for kind in BorderKind.all {
                    try await lists(of: kind, caller, secrets, client, world)
                }
            }
        }
    }

    private func lists(
        of kind: BorderKind, _ caller: BorderCaller, _ secrets: Set<String>,
        _ client: TestClient, _ world: BorderWorld
    ) async throws {
        let shown = try world.rows(of: kind).filter { try world.isVisible($0, to: caller) }
        let hidden = try world.rows(of: kind).filter { try !world.isVisible($0, to: caller) }
        let admits = try !caller.isStranger || kind.policy.rule(.read).admitsStrangers
        for query in BorderQuery.all(of: kind, hidden: hidden, shown: shown) {
            let answer = await client.another().get(
                "\(kind.path)?\(query.text)", caller.fields)
            let words = Comment(
                rawValue: "\(caller.name): \(kind.policy): \(query.text): \(answer.text)")
            guard admits else {
                #expect(answer.status == 401, words)
                continue
            }
            let expected = query.sorted(shown.filter(query.matches))
            let data = answer.json["data"]?.asList ?? []
            try #require(answer.status == 200, words)
            #expect(data.map { $0["id"]?.asString } == expected.map(\.id), words)
            if query.style != .cursor {
                #expect(answer.json["meta"]?["total"] == .integer(Int64(expected.count)), words)
            }
            #expect(leaks(in: answer, secrets).isEmpty, words)
            if let relation = query.included {
                try check(relation, data, expected, caller, world, words)
            }
        }
    }

    /// The rows that come along are those that the caller may see, and all of them.
    private func check(
        _ relation: String, _ data: [JSON], _ rows: [BorderRow], _ caller: BorderCaller,
        _ world: BorderWorld, _ words: Comment
    ) throws {
        for (json, row) in zip(data, rows) {
            if relation == "parent" {
                let parent = world.rows.first { $0.id == row.parent }
                let isVisible = try parent.map { try world.isVisible($0, to: caller) } ?? false
                #expect(json["parent"]?["id"]?.asString == (isVisible ? row.parent : nil), words)
            } else if let kind = row.kind.children.first(where: { $0.relation == relation })?.kind {
                let children = try world.children(of: row, kind)
                    .filter { try world.isVisible($0, to: caller) }
                let found = json[relation]?.asList?.compactMap { $0["id"]?.asString }
                #expect(Set(found ?? ["missing"]) == Set(children.map(\.id)), words)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `one row is found by whom it may be, and nothing tells it from one that never was`(
        on engine: Engine
    ) async throws {
        try await withBorderWorld(on: engine) { client, world in
            for caller in world.callers {
                let secrets = try world.secrets(from: caller)
                for row in world.rows {
                    try await details(of: row, caller, secrets, client, world)
                }
            }
        }
    }

    private func details(
        of row: BorderRow, _ caller: BorderCaller, _ secrets: Set<String>,
        _ client: TestClient, _ world: BorderWorld
    ) async throws {
        let path = row.kind.path
        let answer = await client.another().get("\(path)/\(row.id)", caller.fields)
        let words = Comment(rawValue: "\(caller.name): \(row.kind.policy): \(answer.text)")
        if try world.isVisible(row, to: caller) {
            #expect(answer.status == 200, words)
            #expect(leaks(in: answer, secrets).isEmpty, words)
            return
        }
        let unknown = await client.another().get("\(path)/\(Self.unknown)", caller.fields)
        #expect(answer.status == unknown.status && answer.text == unknown.text, words)
        #expect([401, 404].contains(answer.status), words)
    }

    @Test(arguments: Engine.tested)
    func `nobody changes across the border, and what he may not see is not there`(
        on engine: Engine
    ) async throws {
        try await withBorderWorld(on: engine) { client, world in
            let before = try await snapshot(client)
            for caller in world.callers {
                for row in world.rows where try !world.isChangeable(row, by: caller) {
                    try await refusals(of: row, caller, client, world)
                }
            }
            #expect(try await snapshot(client) == before)
        }
    }

    private func refusals(
        of row: BorderRow, _ caller: BorderCaller, _ client: TestClient, _ world: BorderWorld
    ) async throws {
        let isVisible = try world.isVisible(row, to: caller)
        let isRestorable = try world.isRestorable(row, by: caller)
        for attempt in Attempt.all(row.kind) where attempt.method != .post || !isRestorable {
            let answer = await attempt.send(row.id, caller, client)
            let words = Comment(
                rawValue: "\(caller.name): \(row.kind.policy): \(attempt): \(answer.text)")
            if caller.isStranger {
                #expect(answer.status == 401, words)
            } else if isVisible {
                #expect(attempt.method == .post || answer.status == 403, words)
            } else {
                let unknown = await attempt.send(Self.unknown, caller, client)
                #expect(answer.status == 404, words)
                #expect(answer.text == unknown.text, words)
            }
        }
    }

    /// Something that changes a row.
    private struct Attempt {
        let method: Method
        let suffix: String
        var body: JSON?
        var fields: Fields = [:]

        static func all(_ kind: BorderKind) -> [Attempt] {
            let change: JSON = ["name": "taken"]
            var attempts = [
                Attempt(method: .patch, suffix: "", body: change),
                Attempt(
                    method: .patch, suffix: "", body: change, fields: [FieldName("if-match"): "*"]),
                Attempt(method: .delete, suffix: ""),
            ]
            if kind.isSoft { attempts.append(Attempt(method: .post, suffix: "/restore")) }
            return attempts.map { attempt in
                var attempt = attempt
                attempt.path = kind.path
                return attempt
            }
        }

        private(set) var path = ""

        func send(
            _ id: String, _ caller: BorderCaller, _ client: TestClient
        ) async -> TestAnswer {
            var fields = caller.writing
            for field in self.fields { fields[field.name] = field.value }
            if body != nil { fields[.contentType] = "application/json" }
            return await client.another().send(
                method, "\(path)/\(id)\(suffix)", fields, body: body?.bytes() ?? [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a reference to what one may not see is one to nothing`(on engine: Engine) async throws {
        try await withBorderWorld(on: engine) { client, world in
            for caller in world.callers where !caller.isStranger {
                for kind in BorderKind.all where kind.parent != nil {
                    try await references(from: kind, caller, client, world)
                }
            }
        }
    }

    private func references(
        from kind: BorderKind, _ caller: BorderCaller, _ client: TestClient, _ world: BorderWorld
    ) async throws {
        let parents = world.rows.filter { $0.kind.name == kind.parent }
        let unknown = await create(kind, Self.unknown, caller, client, world)
        for parent in parents {
            let answer = await create(kind, parent.id, caller, client, world)
            let words = Comment(
                rawValue: "\(caller.name): \(kind.policy): \(parent.kind.policy): \(answer.text)")
            if try world.isVisible(parent, to: caller) {
                #expect(answer.status == unknown.status || answer.status == 201, words)
            } else {
                #expect(answer.status == unknown.status && answer.text == unknown.text, words)
                #expect(answer.status >= 400, words)
            }
        }
    }

    private func create(
        _ kind: BorderKind, _ parent: String, _ caller: BorderCaller, _ client: TestClient,
        _ world: BorderWorld
    ) async -> TestAnswer {
        var draft: JSONObject = ["name": "new", "parentId": .string(parent)]
        if kind.policy.owner == .organization, let own = caller.roles.keys.sorted().first {
            draft["organizationId"] = .string(own)
        }
        var fields = caller.writing
        fields[.contentType] = "application/json"
        return await client.another().send(
            .post, kind.path, fields, body: JSON.object(draft).bytes())
    }

    // MARK: What was told

    private static let unknown = "0199aaaa-0000-7000-8000-000000000000"

    /// The secrets that stand in an answer: its words are looked up, not searched for one by one.
    private func leaks(in answer: TestAnswer, _ secrets: Set<String>) -> [String] {
        let words = answer.text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return words.map(String.init).filter(secrets.contains)
    }

    /// All rows of all kinds, as one text.
    private func snapshot(_ client: TestClient) async throws -> [String] {
        var texts: [String] = []
        for kind in BorderKind.all {
            let deleted: SQLFragment =
                kind.isSoft ? "coalesce(CAST(deleted_at AS text), '')" : "''"
            texts += try await client.server.database.all(
                """
                SELECT name || status || CAST(updated_at AS text) || \(deleted)
                FROM \(try SQLIdentifier(kind.name)) ORDER BY id
                """, returning: Single<String>.self
            ).map(\.value)
        }
        return texts
    }
}
