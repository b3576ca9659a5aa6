import Foundation
import Testing

/// The lists of packages name what Package.swift and the module maps ask for, so that a fresh
/// machine builds and the image starts.
@Suite struct PackageListTests {
    @Test func `packages build has the package of every C library`() throws {
        let build = try packages("packages/build")
        let manifest = try Clone.text(of: "Package.swift")
        let asked = manifest.split(separator: "apt: \"").dropFirst().map {
            $0.prefix { $0 != "\"" }
        }
        #expect(!asked.isEmpty)
        for package in asked {
            #expect(build[String(package)] != nil, "add \(package) to packages/build")
        }
    }

    @Test func `packages run has the library that every module map links`() throws {
        let run = try packages("packages/run").values
        for library in try linkedLibraries() {
            #expect(
                run.contains { $0.contains("/lib\(library).so") },
                "add the package of lib\(library) to packages/run")
        }
    }

    /// The file that shows that a package is there, by package.
    private func packages(_ path: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for line in try Clone.text(of: path).split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            if words.count == 2 { files[String(words[0])] = String(words[1]) }
        }
        return files
    }

    private func linkedLibraries() throws -> [String] {
        let folder = "Sources/C"
        let names = try FileManager.default.contentsOfDirectory(atPath: Clone.root + folder)
        return try names.flatMap { name -> [Substring] in
            let path = "\(folder)/\(name)/module.modulemap"
            guard FileManager.default.fileExists(atPath: Clone.root + path) else { return [] }
            return try Clone.text(of: path).split(separator: "link \"").dropFirst()
                .map { $0.prefix { $0 != "\"" } }
        }.map(String.init)
    }
}
