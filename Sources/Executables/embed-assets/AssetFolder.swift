import COpenSSL
import Foundation

/// The files of a folder, and the Swift source that holds them.
///
/// Each is kept as it is and compressed, as base64 in a `StaticString`: that compiles in no time,
/// costs no work at start-up, and stays a page of the program's file until somebody asks for it.
struct AssetFolder {
    private struct File {
        let name: String
        var bytes: [UInt8]
    }

    /// In pages: where the assets that they name are. A page that names other slots is filled in
    /// by the program, for each of its own.
    private static let slot = "{{assets}}"

    private var files: [File]
    private let version: String

    init(_ root: String) throws {
        let manager = FileManager.default
        let names = try manager.subpathsOfDirectory(atPath: root).sorted().filter { name in
            var isFolder: ObjCBool = false
            let exists = manager.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder)
            return exists && !isFolder.boolValue
                && !name.split(separator: "/").contains(where: Self.isHidden)
        }
        files = try names.map { name in
            let data = try Data(contentsOf: URL(filePath: "\(root)/\(name)"))
            return File(name: name, bytes: Array(data))
        }
        version = String(
            Self.hash(files.flatMap { Array($0.name.utf8) + [0] + $0.bytes }).prefix(12))
        for index in files.indices where files[index].name.hasSuffix(".html") {
            files[index].bytes = Self.filled(files[index].bytes, version)
        }
    }

    private static func isHidden(_ part: Substring) -> Bool { part.hasPrefix(".") }

    private static func filled(_ bytes: [UInt8], _ version: String) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        return Array(text.replacingOccurrences(of: slot, with: "/assets/" + version).utf8)
    }

    var swiftSource: String {
        """
        // Made by embed-assets. Do not edit.

        extension EmbeddedAssets {
            static let version: StaticString = "\(version)"

            static let all: [EmbeddedAsset] = [
        \(files.map(Self.element).joined(separator: "\n"))
            ]
        }

        """
    }

    private static func element(_ file: File) -> String {
        let isTemplate = String(decoding: file.bytes, as: UTF8.self).contains("{{")
        let forms =
            isTemplate ? [] : [Compression.brotli(file.bytes), Compression.gzip(file.bytes)]
        let texts = forms.map { form in
            form.flatMap { $0.count < file.bytes.count ? base64($0) : nil } ?? ""
        }
        return """
                    EmbeddedAsset(
                        name: "\(file.name)", hash: "\(hash(file.bytes).prefix(32))",
                        identity: "\(base64(file.bytes))",
                        brotli: "\(texts.first ?? "")",
                        gzip: "\(texts.last ?? "")"),
            """
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// SHA-256 in hexadecimal.
    private static func hash(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
