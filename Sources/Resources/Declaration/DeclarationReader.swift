import Coding
import Values

/// The text of a file with declarations: one resource, or `{resources: [...]}`.
package struct DeclarationFile: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Reads resources from JSON5 and lists every mistake of every file, each with its path.
package struct DeclarationReader {
    private var declared: [ResourceCatalog.Declared] = []
    private var mistakes: [DeclarationMistake] = []
    /// Names of resources that have a mistake: what refers to them is no second mistake.
    private var broken: Set<String> = []

    /// `predicates` are the names of the app's own rules.
    package static func read(
        _ files: [DeclarationFile], predicates: Set<String> = []
    ) throws(DeclarationMistakes) -> ResourceCatalog {
        var reader = DeclarationReader()
        for file in files { reader.read(file) }
        return try ResourceCatalog.check(
            reader.declared, predicates: predicates, broken: reader.broken,
            mistakes: reader.mistakes)
    }

    private mutating func read(_ file: DeclarationFile) {
        do {
            let json = try JSON5.parse(file.bytes)
            guard case .object(let object) = json else {
                return report(file, "", "must hold an object")
            }
            guard let list = object["resources"] else { return read(json, file, at: "") }
            for name in object.names where name != "resources" {
                report(file, name, "stands beside `resources`, which must be alone")
            }
            guard let resources = list.asList else {
                return report(file, "resources", "must be a list, not \(list.kind.withArticle)")
            }
            for (index, resource) in resources.enumerated() {
                read(resource, file, at: "resources[\(index)].")
            }
        } catch {
            report(file, "", error.description)
        }
    }

    private mutating func report(_ file: DeclarationFile, _ path: String, _ problem: String) {
        mistakes.append(DeclarationMistake(file: file.name, path: path, problem))
    }

    private mutating func read(_ json: JSON, _ file: DeclarationFile, at path: String) {
        var parts = DraftReader(file: file.name, path: path)
        let declaration = parts.resource(json)
        mistakes += parts.mistakes
        if let declaration {
            declared.append(
                .init(declaration, file: file.name, path: path, broken: parts.brokenFields))
        }
        if !parts.mistakes.isEmpty, let name = json["name"]?.asString { broken.insert(name) }
    }
}
