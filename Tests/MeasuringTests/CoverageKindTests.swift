import Foundation
import Measuring
import Testing
import Tidy

// S3-31
struct CoverageKindTests {
    @Test func `every library of the program is of one kind whose coverage is asked for`() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: root + "/Package.swift", encoding: .utf8)
        let libraries = Manifest(text).targets.filter {
            (1...7).contains($0.layer) && !$0.isTest && !$0.path.contains("/Executables/")
        }
        #expect(libraries.count > 15)
        #expect(
            CoverageKind.all.flatMap(\.targets).sorted() == libraries.map(\.name).sorted(),
            "put the target into a kind, in CoverageKind.swift and docs/architecture.md")
    }

    @Test func `the kinds are asked for what the specification says`() {
        let asked = CoverageKind.all.map { "\($0.name) \($0.asked)" }
        #expect(asked == ["services 90", "controllers 80", "repositories 70", "utilities 90"])
    }

    @Test func `the last line decides`() throws {
        let services = try #require(CoverageKind.all.first)
        #expect(services.isReached(covered: 900, of: 1000))
        #expect(!services.isReached(covered: 899, of: 1000))
    }
}
