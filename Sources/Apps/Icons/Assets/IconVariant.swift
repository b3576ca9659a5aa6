import Coding
import SQL
import SVG
import Values

/// One of the drawings that an icon was given at once.
struct IconVariant: Sendable, Hashable {
    let id: ID<IconVariant>
    let name: String
    /// Made safe before it was kept; its ids end with `scope`, so that drawings of one page do not
    /// mix theirs up.
    let svg: String
}

extension IconVariant {
    /// Longer names are cut: they come from a model.
    static let nameMax = 60

    /// A draft made safe. Throws where nothing safe is left of it.
    init(
        _ draft: DraftIcon, number: Int, _ policy: SVGPolicy, at now: Instant,
        from randomness: Randomness
    ) throws(SVGProblem) {
        id = ID(at: now, from: randomness)
        name = Self.name(draft.name) ?? "Variant \(number)"
        svg = try SafeSVG(draft.svg, scope: Self.scope(of: id), policy: policy).text
    }

    /// Eight characters of the id's random part.
    static func scope(of id: ID<IconVariant>) -> String { String(id.description.suffix(8)) }

    /// One line without control characters; nil where nothing is left.
    static func name(_ text: String) -> String? {
        let words = text.unicodeScalars.split {
            $0.value <= 0x20 || (0x7f...0xa0).contains($0.value)
        }
        let line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        return line.isEmpty ? nil : String(line.prefix(nameMax))
    }
}

/// The variants of one icon, in the order in which they were drawn. Kept as a JSON list.
struct IconVariants: Sendable, Hashable {
    let list: [IconVariant]

    init(_ list: [IconVariant]) { self.list = list }
}

extension IconVariants: SQLValue {
    static var sqlType: SQLType { .json }
    static var sqlExample: (any SQLValue)? { JSONText("[]") }

    func bind(to target: any BindTarget) {
        let json = JSON.list(
            list.map { variant in
                [
                    "id": .string(variant.id.description), "name": .string(variant.name),
                    "svg": .string(variant.svg),
                ]
            })
        JSONText(json.description).bind(to: target)
    }

    static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> IconVariants {
        let text = try JSONText.read(from: source, at: column).text
        guard let list = (try? JSON(parsing: Array(text.utf8)))?.asList else {
            throw DatabaseError(.decoding, "column \(column) is no list of variants")
        }
        return IconVariants(list.compactMap(IconVariant.init))
    }
}

extension IconVariant {
    fileprivate init?(_ json: JSON) {
        guard let id = json["id"]?.asString.flatMap({ ID<IconVariant>($0) }),
            let name = json["name"]?.asString, let svg = json["svg"]?.asString
        else { return nil }
        (self.id, self.name, self.svg) = (id, name, svg)
    }
}
