import API
import Coding
import HTTP
import Testing

/// A program whose parts do not fit together does not start, and says all that is wrong.
struct MountTests {
    private static let refused = Failure("refused")

    private func mistakes(_ surfaces: [Surface], _ modules: [Module]) -> [String] {
        do {
            _ = try Mount(surfaces, modules)
            return []
        } catch {
            return error.list
        }
    }

    private func part(_ surface: String = "plain", @Routes _ routes: () -> [Route]) -> SurfacePart {
        SurfacePart(surface, routes: routes)
    }

    @Test func `a failure that a route may throw needs a row`() {
        let route = part {
            Operation("make", .post, "/a", "Make.", failures: [Self.refused]) { (_: NoInput, _) in
                Text("")
            }
        }
        let found = mistakes([Plain.surface()], [Module("m", parts: [Plain.rows(), route])])
        #expect(found == ["plain has no row for refused, which make may throw"])
    }

    @Test func `the failures of a guard need rows`() {
        let permission = Guard<Void>(schemes: [], failures: [Self.refused]) { _ in }
        let route = part {
            Operation("make", .post, "/a", "Make.", guard: permission) { (_: NoInput, _, _) in
                Text("")
            }
        }
        let found = mistakes([Plain.surface()], [Module("m", parts: [Plain.rows(), route])])
        #expect(found == ["plain has no row for refused, which make may throw"])
    }

    @Test func `every failure of the edge needs a row`() {
        let found = mistakes([Plain.surface()], [])
        #expect(found.count == Failure.edge.count)
        #expect(found.first == "plain has no row for the edge failure notFound")
    }

    @Test func `one method and path may be there once, and one id too`() {
        let routes = part {
            Operation("a", .get, "/same", "A.") { (_: NoInput, _) in Text("") }
            Operation("b", .get, "/same", "B.") { (_: NoInput, _) in Text("") }
            Operation("c", .get, "/c", "C.") { (_: NoInput, _) in Text("") }
            Operation("c", .get, "/d", "C.") { (_: NoInput, _) in Text("") }
        }
        let found = mistakes([Plain.surface()], [Module("m", parts: [Plain.rows(), routes])])
        #expect(found == ["GET /plain/same is there twice", "plainC is there twice"])
    }

    @Test func `paths that differ in the names of parameters only are the same`() {
        struct A: Codable, Sendable { let a: String }
        struct B: Codable, Sendable { let b: String }
        let routes = part {
            Operation("a", .get, "/x/:a", "A.") { (_: A, _) in Text("") }
            Operation("b", .get, "/x/:b", "B.") { (_: B, _) in Text("") }
        }
        let found = mistakes([Plain.surface()], [Module("m", parts: [Plain.rows(), routes])])
        #expect(found == ["GET /plain/x/: is there twice"])
    }

    @Test func `a type without a schema is found at the start`() {
        final class Node: Codable, Sendable {
            let next: Node?
            init() { next = nil }
        }
        let routes = part {
            Operation("make", .post, "/a", "Make.") { (_: Node, _) in Text("") }
        }
        let found = mistakes([Plain.surface()], [Module("m", parts: [Plain.rows(), routes])])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("plainMake cannot be described: recursive") == true)
    }

    @Test func `parts of a surface that is switched off are left out`() throws {
        let routes = part("off") {
            Operation("a", .get, "/a", "A.") { (_: NoInput, _) in Text("") }
        }
        let mount = try Mount([Plain.surface()], [Module("m", parts: [Plain.rows(), routes])])
        #expect(mount.routes.isEmpty)
    }

    @Test func `two surfaces may share a prefix`() async throws {
        let a = SurfacePart("a") {
            Operation("one", .get, "/one", "One.") { (_: NoInput, _) in Text("one") }
        }
        let b = SurfacePart("b") {
            Operation("two", .get, "/two", "Two.") { (_: NoInput, _) in Text("two") }
        }
        let mount = try Mount(
            [Plain.surface("a", prefix: "/x"), Plain.surface("b", prefix: "/x")],
            [Module("m", parts: [Plain.rows(on: "a"), Plain.rows(on: "b"), a, b])])
        #expect(mount.routes.map(\.path) == ["/x/one", "/x/two"])
        #expect(mount.routes.map(\.operationID) == ["aOne", "bTwo"])
    }
}
