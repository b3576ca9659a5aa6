import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Icons

/// Icons as files.
struct PictureTests {
    @Test(arguments: Engine.tested)
    func `a drawing is served as a file that can do nothing`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A Compass, \"round\"; over 2 grids", by: user)
            let answer = await client.get(icon.path + "/svg", bearer: user.accessToken)
            #expect(answer.status == 200)
            #expect(answer[.contentType] == "image/svg+xml")
            #expect(.string(answer.text) == icon.json["svg"])
            #expect(answer["x-content-type-options"] == "nosniff")
            #expect(
                answer["content-security-policy"]
                    == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
            #expect(
                answer[.contentDisposition]
                    == "inline; filename=\"a_compass_round_over_2_grids.svg\"")
        }
    }

    @Test(arguments: Engine.tested)
    func `each variant is a file, and no icon has another's`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user, variants: 2)
            let other = try await client.drawn("A house", by: user)
            for (index, variant) in icon.variants.enumerated() {
                let id = try #require(variant["id"]?.asString)
                let answer = await client.get(
                    icon.path + "/svg?variant=" + id, bearer: user.accessToken)
                #expect(.string(answer.text) == variant["svg"])
                #expect(answer[.contentDisposition]?.contains("_variant_\(index + 1).svg") == true)
                let foreign = await client.get(
                    other.path + "/svg?variant=" + id, bearer: user.accessToken)
                #expect(foreign.status == 404)
            }
        }
    }

    @Test(arguments: [
        ("A Compass!", "a_compass"), ("Ölkanne", "lkanne"), ("日本", "icon"), ("../../x", "x"),
        (String(repeating: "a", count: 100), String(repeating: "a", count: 60)),
    ])
    func `a file's name is made of the prompt`(prompt: String, name: String) {
        #expect(FileName.word(prompt) == name)
    }

    @Test(arguments: [
        (" Two\n words ", "Two words"), ("\u{0}\u{1b}[31mred", "[31mred"), ("", nil),
        ("\u{7f}", nil),
        (String(repeating: "x", count: 100), String(repeating: "x", count: 60)),
    ])
    func `a variant's name is one line`(given: String, name: String?) {
        #expect(IconVariant.name(given) == name)
    }
}
