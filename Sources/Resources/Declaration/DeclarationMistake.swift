/// One thing wrong with what was declared: in which file, where in it, and what.
package struct DeclarationMistake: Hashable, Sendable, CustomStringConvertible {
    /// Nil for what was declared in Swift.
    package var file: String?
    /// `fields.name.length`; empty where it is about the file as a whole.
    package var path: String
    package var problem: String

    package init(file: String? = nil, path: String, _ problem: String) {
        (self.file, self.path, self.problem) = (file, path, problem)
    }

    package var description: String {
        let place = path.isEmpty ? problem : "\(path) \(problem)"
        return file.map { "\($0): \(place)" } ?? place
    }
}

/// Declarations that no table can be made of: all that is wrong with them, at once.
package struct DeclarationMistakes: Error, Sendable, CustomStringConvertible {
    package let list: [DeclarationMistake]

    package init(list: [DeclarationMistake]) {
        self.list = list
    }

    package var description: String { list.map(\.description).joined(separator: "\n") }
}
