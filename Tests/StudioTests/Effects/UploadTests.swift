import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Studio

/// S4-6: effects of a creator's own.
struct UploadTests {
    private static func form(
        _ data: [UInt8] = TestForm.pixel, _ changes: [String: String] = [:]
    ) -> TestForm {
        let fields = [
            "name": "Our logo", "category": "focus", "motion": "2", "durationMs": "5000",
        ].merging(changes) { $1 }
        return fields.sorted { $0.key < $1.key }.reduce(TestForm()) { form, field in
            field.value.isEmpty ? form : form.field(field.key, field.value)
        }.file(data, name: "logo.png")
    }

    private static func upload(
        _ creator: TestCreator, _ form: TestForm = form()
    ) async -> TestAnswer {
        await creator.client.another().upload(form, by: creator.user, to: "/api/effects/upload")
    }

    // S4-6
    @Test(arguments: Engine.tested)
    func `a picture becomes an effect, is shown and deleted`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client, tier: .creator)
            let answer = await Self.upload(
                ada, Self.form(TestForm.pixel, ["description": "It turns once."]))
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.json["name"] == "Our logo")
            #expect(answer.json["description"] == "It turns once.")
            #expect(answer.json["source"] == "uploaded")
            #expect(answer.json["tier"] == "creator")
            #expect(answer.json["durationMs"] == 5000)
            #expect(answer.json["media"]?["type"] == "image/png")
            let id = try #require(answer.json["id"]?.asString)
            let url = try #require(answer.json["media"]?["url"]?.asString)
            // Whoever shows it has no credentials.
            let file = await client.another().get(url)
            #expect(file.status == 200)
            #expect(file[.contentType] == "image/png")
            let list = await ada.ask(.get, "/api/effects?limit=2&offset=12")
            #expect(list.ids == ["wipe", id])
            #expect(list.json["total"] == 14)
            #expect(await ada.ask(.get, "/api/effects?search=LOGO").ids == [id])
            #expect(await ada.ask(.get, "/api/effects?category=text&search=logo").ids == [])
            let session = try await ada.start()
            let shown = await ada.trigger(id, on: session)
            #expect(shown.json["effect"]?["media"]?["type"] == "image/png")
            let used = await ada.ask(.get, "/api/studio/creator").json["allowance"]
            #expect(used?["uploadsUsed"] == 1)
            #expect(used?["uploadBytesUsed"] == .integer(Int64(TestForm.pixel.count)))
            // It is nobody else's.
            let bob = try await TestCreator(client, "bob@example.com", tier: .enterprise)
            #expect(await bob.ask(.get, "/api/effects").json["total"] == 13)
            #expect(await bob.ask(.delete, "/api/effects/" + id).code == "EFFECT_NOT_FOUND")
            #expect(await bob.trigger(id, on: try await bob.start()).code == "EFFECT_NOT_FOUND")
            // Files tells whose it is, and leaves it to the studio.
            let files = await ada.ask(.get, "/api/v1/files")
            let stored = try #require(files.json["data"]?[0]?["id"]?.asString)
            #expect(files.json["data"]?[0]?["usedBy"] == "studio")
            #expect(await ada.ask(.delete, "/api/v1/files/" + stored).status == 409)
            #expect(await ada.ask(.delete, "/api/effects/" + id).status == 204)
            #expect(await client.another().get(url).status == 404)
            #expect(await ada.ask(.get, "/api/v1/files").json["meta"]?["total"] == 0)
            #expect(await ada.trigger(id, on: session).code == "EFFECT_NOT_FOUND")
            for other in [id, "confetti", "x"] {
                #expect(await ada.ask(.delete, "/api/effects/" + other).status == 404)
            }
        }
    }

    // S4-6
    @Test(arguments: Engine.tested)
    func `what is no effect is refused, and leaves nothing`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client, tier: .creator)
            for (form, status, code) in [
                (Self.form(Array("<svg onload=alert(1)>".utf8)), 415, "FILE_TYPE_NOT_ALLOWED"),
                (Self.form(Array("%PDF-1.7\n".utf8)), 415, "FILE_TYPE_NOT_ALLOWED"),
                (Self.form(TestForm.pixel, ["motion": "6"]), 400, "VALIDATION_ERROR"),
                (Self.form(TestForm.pixel, ["category": "fire"]), 400, "VALIDATION_ERROR"),
                (Self.form(TestForm.pixel, ["name": ""]), 400, "VALIDATION_ERROR"),
                (Self.form(TestForm.pixel, ["durationMs": "60001"]), 400, "VALIDATION_ERROR"),
                (TestForm().field("name", "x"), 400, "VALIDATION_ERROR"),
                (
                    Self.form(TestForm.pixel + [UInt8](repeating: 0, count: 25 << 20)), 413,
                    "FILE_TOO_LARGE"
                ),
            ] {
                let answer = await Self.upload(ada, form)
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.code == code)
            }
            let json = await ada.ask(.post, "/api/effects/upload", ["name": "x"])
            #expect(json.status == 415)
            #expect(await ada.ask(.get, "/api/effects").json["total"] == 13)
            #expect(await ada.ask(.get, "/api/v1/files").json["meta"]?["total"] == 0)
        }
    }

    // S4-6 S4-20
    @Test(arguments: Engine.tested)
    func `who uploads depends on the tier, and how much`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let answer = await Self.upload(ada)
            #expect(answer.status == 403)
            #expect(answer.text == "Forbidden")
            let stranger = await client.another().send(
                .post, "/api/effects/upload", [.contentType: TestForm.type],
                body: Self.form().ended)
            #expect(stranger.status == 401)
            #expect(stranger.text == "Unauthorized")
            try await ada.become(.creator)
            for _ in 0..<8 { #expect(await Self.upload(ada).status == 201) }
            let answers = await race(4, client) { _ in await Self.upload(ada) }
            #expect(answers.filter { $0.status == 201 }.count == 2)
            let refused = answers.filter { $0.code == "TIER_LIMIT_REACHED" }
            #expect(refused.count == 2)
            #expect(await Self.upload(ada).code == "TIER_LIMIT_REACHED")
            // What came for nothing waits for nobody.
            #expect(await ada.ask(.get, "/api/v1/files").json["meta"]?["total"] == 10)
            // Whoever subscribes to less keeps what he has, and does not show it.
            try await ada.become(.free)
            let list = await ada.ask(.get, "/api/effects?offset=13&limit=1")
            #expect(list.json["data"]?[0]?["isAllowed"] == false)
            let shown = await ada.trigger(
                try #require(list.ids.first), on: try await ada.start())
            #expect(shown.text == "Forbidden")
        }
    }

    @Test(arguments: Engine.tested)
    func `effects and files go with their user`(on engine: Engine) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client, tier: .creator)
            let kit = try await ada.makeKit()
            _ = await ada.trigger("snow", on: try await ada.start(kit: kit))
            #expect(await Self.upload(ada).status == 201)
            let purge = Statement(
                .write, "DELETE FROM users WHERE id = $1", binds: ID<TestUser>.self)
            let id = try #require(ID<TestUser>(ada.user.id))
            try await client.server.database.execute(purge, id)
            let rest = Statement(
                .scan,
                """
                SELECT (SELECT count(*) FROM creators) + (SELECT count(*) FROM brand_kits)
                    + (SELECT count(*) FROM stream_sessions) + (SELECT count(*) FROM effects)
                    + (SELECT count(*) FROM effect_activations) + (SELECT count(*) FROM files)
                """, returns: Single<Int>.self)
            #expect(try await client.server.database.first(rest)?.value == 0)
        }
    }
}
