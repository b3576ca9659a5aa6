import Coding
import Values

/// Reads objects of a file as drafts, and notes what is wrong with each.
struct DraftNotes {
    let file: String
    /// What all places begin with: `resources[1].`, or nothing.
    let path: String
    private(set) var mistakes: [DeclarationMistake] = []

    init(file: String, path: String) {
        self.file = file
        self.path = path
    }

    mutating func members(_ json: JSON?, at place: String) -> [JSONObject.Member] {
        guard let json, !json.isNull else { return [] }
        guard case .object(let object) = json else {
            report(place, "must be an object, not \(json.kind.withArticle)")
            return []
        }
        return object.members
    }

    mutating func read<Draft: Decodable>(
        _ json: JSON, at place: String, _ names: [String]
    ) -> Draft? {
        do {
            return try InputReader.read(from: Input(body: .tree(json)), unknown: .refused)
        } catch let error as InvalidInput {
            for field in error.fields { report(field, below: place, names) }
        } catch {
            report(place, "cannot be read")
        }
        return nil
    }

    private mutating func report(_ field: FieldError, below place: String, _ names: [String]) {
        let full = [place, field.path].filter { !$0.isEmpty }.joined(separator: ".")
        let name = String(field.path.split(separator: ".").last ?? "")
        let suggestion = Suggestion.text(for: name, among: names)
        report(full, field.problem.words(rules: [:], unknown: "is not known" + suggestion))
    }

    mutating func report(_ place: String, _ problem: String) {
        mistakes.append(DeclarationMistake(file: file, path: path + place, problem))
    }
}

extension CaseIterable where Self: CodingKey {
    static var names: [String] { allCases.map(\.stringValue) }
}
