import Foundation

/// The clone that this file is part of.
enum Clone {
    /// Ends with a slash.
    static let root: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/"
    }()

    static func text(of path: String) throws -> String {
        try String(contentsOfFile: root + path, encoding: .utf8)
    }
}
