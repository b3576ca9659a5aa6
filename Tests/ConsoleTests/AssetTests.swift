import AtriumTesting
import DatabaseTesting
import Foundation
import HTTP
import Server
import Testing

@testable import Console

private let current = "/assets/\(EmbeddedAssets.version)"

@Suite struct AssetTests {
    @Test func `every file under Assets is in the program, as it is on the disk`() throws {
        let root = Self.root
        let names = try FileManager.default.subpathsOfDirectory(atPath: root).filter {
            $0.contains(".")
        }
        #expect(Set(names) == Set(EmbeddedAssets.all.map { "\($0.name)" }))
        for name in names where !name.hasSuffix(".html") {
            let file = FileManager.default.contents(atPath: root + "/" + name)
            #expect(Assets().find(name)?.text == file.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    @Test func `an asset has its type, and is kept for ever under its version`() async throws {
        try await withServer(on: .sqlite) { client in
            let types = [
                "base/atrium.css": "text/css; charset=utf-8",
                "docs/main.js": "text/javascript; charset=utf-8", "base/icon.svg": "image/svg+xml",
            ]
            for (name, type) in types {
                let asset = await client.get("\(current)/\(name)")
                #expect(asset.status == 200)
                #expect(asset[.contentType] == type)
                #expect(asset[.cacheControl] == "public, max-age=31536000, immutable")
                #expect(asset["x-content-type-options"] == "nosniff")
                #expect(asset[.etag].flatMap { ETag(parsing: $0) }?.isWeak == false)
            }
        }
    }

    // Two nodes of two versions may answer for one page.
    @Test func `under another version an asset is given and not kept`() async throws {
        try await withServer(on: .sqlite) { client in
            let asset = await client.get("/assets/0123456789ab/docs/main.js")
            #expect(asset.status == 200)
            #expect(asset[.cacheControl] == "no-cache")
        }
    }

    @Test func `each coding is made already, smaller, with a tag of its own`() async throws {
        try await withServer(on: .sqlite) { client in
            let path = "\(current)/base/atrium.css"
            let plain = await client.get(path)
            #expect(plain[.contentEncoding] == nil)
            #expect(plain[.vary]?.contains("accept-encoding") == true)
            var tags = [plain[.etag]]
            for coding in ["br", "gzip"] {
                let coded = await client.get(path, [.acceptEncoding: coding])
                #expect(coded[.contentEncoding] == coding)
                #expect(coded.bytes.count < plain.bytes.count / 2)
                tags.append(coded[.etag])
                let tag = try #require(coded[.etag])
                let known = await client.get(
                    path, [.acceptEncoding: coding, .ifNoneMatch: tag])
                #expect(known.status == 304)
            }
            #expect(Set(tags).count == 3)
        }
    }

    @Test(arguments: [
        "/docs/missing.js", "/docs/index.html", "/landing/index.html", "/docs/",
        "/docs/..%2fbase%2ficon.svg", "/..%2f..%2fPackage/swift", "/%2e%2e/Package.swift",
        "/docs/main.js%00", "/./icon.svg",
    ])
    func `what is no asset is not found`(path: String) async throws {
        for folder in [nil, try DirectoryPath(Self.root)] {
            try await withServer(on: .sqlite, .set(\.console.assets, folder)) { client in
                #expect(await client.get(current + path).status == 404, "\(path)")
            }
        }
    }

    @Test func `a folder is read anew for each request`() async throws {
        let folder = try #require(makeTemporaryDirectory("atrium-assets"))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = FileManager.default
        try files.copyItem(atPath: Self.root + "/docs", toPath: folder + "/docs")
        let script = folder + "/docs/main.js"
        try await withServer(on: .sqlite, .set(\.console.assets, try DirectoryPath(folder))) {
            client in
            let page = await client.get("/docs")
            #expect(page.text.contains("/assets/dev/docs/main.js"))
            #expect(!page.text.contains("{{"))
            for text in ["// one", "// two"] {
                try text.write(toFile: script, atomically: true, encoding: .utf8)
                let asset = await client.get("/assets/dev/docs/main.js")
                #expect(asset.text == text)
                #expect(asset[.cacheControl] == "no-cache")
            }
            // The landing page is not in that folder.
            #expect(await client.get("/").status == 404)
        }
    }

    private static let root: String = {
        let here = URL(filePath: #filePath)
        return here.appending(path: "../../../Assets").standardizedFileURL.path
    }()
}
