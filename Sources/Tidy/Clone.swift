import Foundation

/// The files of the clone, read once.
package struct Clone {
    package let root: String
    package let files: [SourceFile]
    package let manifest: Manifest

    package init(root: String) throws {
        self.root = root
        files = try Self.paths(under: root).map { path in
            let data = FileManager.default.contents(atPath: "\(root)/\(path)") ?? Data()
            return SourceFile(path: path, text: String(decoding: data, as: UTF8.self))
        }
        manifest = Manifest(files.first { $0.path == "Package.swift" }?.text ?? "")
    }

    /// A clone made up by a test.
    package init(_ files: [SourceFile]) {
        root = ""
        self.files = files
        manifest = Manifest(files.first { $0.path == "Package.swift" }?.text ?? "")
    }

    package var sources: [SourceFile] { files.filter { $0.isSource && $0.swift != nil } }
    package var tests: [SourceFile] { files.filter { $0.isTest && $0.swift != nil } }
    package var documents: [SourceFile] { files.filter { $0.path.hasSuffix(".md") } }

    package func contains(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(root)/\(path)")
    }

    package func target(of file: SourceFile) -> Manifest.Target? {
        manifest.targets.first { file.path.hasPrefix($0.path + "/") }
    }

    /// The clone's root, from the place of this very file in it.
    package static func here(_ file: String = #filePath) -> String {
        var parts = file.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }

    private static let roots = ["Sources", "Plugins", "Tests", "docs", "packages", ".ci", "Assets"]
    private static let kinds = [
        "swift", "md", "h", "c", "modulemap", "yml", "sh", "py", "js", "css", "html", "json",
    ]

    private static func paths(under root: String) throws -> [String] {
        let manager = FileManager.default
        var paths = try manager.contentsOfDirectory(atPath: root).filter { isText($0) }
        for folder in roots where manager.fileExists(atPath: "\(root)/\(folder)") {
            let names = try manager.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            paths += names.map { "\(folder)/\($0)" }.filter { isText($0) || isScript($0) }
        }
        return paths.filter { isFile("\(root)/\($0)") }.sorted()
    }

    private static func isText(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ["Makefile", "Dockerfile"].contains(String(name))
            || kinds.contains { name.hasSuffix("." + $0) }
    }

    private static func isScript(_ path: String) -> Bool {
        path.hasPrefix(".ci/") || path.hasPrefix("packages/")
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue
    }
}
