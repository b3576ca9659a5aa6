import Coding
import Foundation

@testable import Server

/// docs/configuration.md, made of the doc comments beside the settings, of their defaults and of the
/// names of the environment.
struct ConfigurationPage {
    private let shapes: [String: Shape]
    private let catalog: SettingsCatalog
    private let defaults: [RunEnvironment: SettingsTree]

    /// A settings type as its source tells it.
    struct Shape {
        var comment = ""
        var members: [(name: String, type: String, comment: String)] = []
    }

    struct Section {
        let path: String
        let comment: String
        var settings: [(path: String, comment: String)] = []
    }

    init() throws {
        shapes = try Self.readSources()
        catalog = SettingsCatalog.standard
        var defaults: [RunEnvironment: SettingsTree] = [:]
        for environment in RunEnvironment.allCases {
            defaults[environment] = SettingsTree(
                try JSON(parsing: JSONCoder.encode(Settings(environment))))
        }
        self.defaults = defaults
    }

    static let path = Self.root + "docs/configuration.md"

    /// The clone, with a slash at its end.
    static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/"

    /// Settings whose source has no comment.
    var unexplained: [String] {
        sections.flatMap(\.settings).filter(\.comment.isEmpty).map(\.path)
    }

    /// What the sources tell of and the program does not have, and the other way round.
    var differences: Set<String> {
        Set(sections.flatMap { $0.settings.map(\.path) })
            .symmetricDifference(catalog.entries.map(\.path))
    }

    var text: String {
        ([Self.introduction] + sections.map(text)).joined(separator: "\n")
    }

    // MARK: Sections

    var sections: [Section] {
        var sections = collect("Settings", below: "")
        sections[0] = Section(path: "", comment: "", settings: sections[0].settings)
        return sections
    }

    private func collect(_ type: String, below path: String) -> [Section] {
        guard let shape = shapes[type] else { return [] }
        var own = Section(path: path, comment: shape.comment)
        var inner: [Section] = []
        for member in shape.members {
            let memberPath = path.isEmpty ? member.name : path + "." + member.name
            if shapes[member.type] != nil {
                inner += collect(member.type, below: memberPath)
            } else {
                own.settings.append((memberPath, member.comment))
            }
        }
        return [own] + inner
    }

    private func text(_ section: Section) -> String {
        guard !section.settings.isEmpty else { return "" }
        var lines = [section.path.isEmpty ? "## General" : "## \(section.path)", ""]
        if !Self.sentence(section.comment).isEmpty {
            lines += [Self.sentence(section.comment), ""]
        }
        lines += ["| setting | default | meaning |", "|---|---|---|"]
        for setting in section.settings {
            let names = "`\(setting.path)`<br>`\(SettingsCatalog.variable(of: setting.path))`"
            lines.append("| \(names) | \(standard(setting.path)) | \(meaning(setting)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The heading says already which section it is.
    private static func sentence(_ comment: String) -> String {
        let text = comment.replacing(/^The `[\w.]+` section[:.] */, with: "")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private func meaning(_ setting: (path: String, comment: String)) -> String {
        var text = setting.comment.replacingOccurrences(of: "|", with: "\\|")
        if let schema = catalog.schema(of: setting.path), schema.isChoice {
            text += schema.isList ? " Any of " : " One of "
            text += schema.hint.replacing("a list of ", with: "") + "."
        }
        let others = EnvironmentNames.aliases.filter { $0.1 == setting.path }.map { "`\($0.0)`" }
        if !others.isEmpty { text += " Also \(others.joined(separator: ", "))." }
        return text
    }

    private func standard(_ path: String) -> String {
        let values = RunEnvironment.allCases.map { environment in
            (environment, Self.text(defaults[environment]?[path] ?? .null))
        }
        if values[0].1 == values[1].1 || path == "environment" { return values[0].1 }
        return values.map { "\($0.0.rawValue): \($0.1)" }.joined(separator: "<br>")
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: "none"
        case .string(let text): "`\(text)`"
        case .list(let list): list.isEmpty ? "none" : list.map(text).joined(separator: ", ")
        default: "`\(value)`"
        }
    }

    // MARK: Sources

    private static func readSources() throws -> [String: Shape] {
        let settings = root + "Sources/Server/Settings/"
        let files =
            try FileManager.default.contentsOfDirectory(atPath: settings)
            .filter { $0.hasSuffix(".swift") }.map { settings + $0 }
            + ["IdentitySettings", "OAuth/OAuthSettings"].map {
                root + "Sources/Identity/\($0).swift"
            }
        var shapes: [String: Shape] = [:]
        for file in files {
            let source = try String(contentsOfFile: file, encoding: .utf8)
            shapes.merge(read(source)) { first, _ in first }
        }
        return shapes
    }

    private static func read(_ source: String) -> [String: Shape] {
        var shapes: [String: Shape] = [:]
        var current = ""
        var comment: [String] = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.hasPrefix("/// ") {
                comment.append(String(text.dropFirst(4)))
                continue
            }
            if let match = line.firstMatch(of: /^package struct (\w+): Codable/) {
                current = String(match.1)
                shapes[current] = Shape(comment: comment.joined(separator: " "))
            } else if let match = line.firstMatch(
                of: /^    package var (\w+)(?:: ([^=]+?))?(?: = (\w+)\(.*)?(?: = .*)?$/)
            {
                let type = match.2.map(String.init) ?? match.3.map(String.init) ?? ""
                shapes[current]?.members.append(
                    (String(match.1), type, comment.joined(separator: " ")))
            }
            comment = []
            if line == "}" { current = "" }
        }
        return shapes.filter { !$0.value.members.isEmpty }
    }
}

extension Schema {
    fileprivate var isChoice: Bool {
        switch kind {
        case .enumeration: true
        case .list(let element, _): element.isChoice
        default: false
        }
    }
}
