/// An attribute's value that has passed, with what it refers to.
enum SVGValue: Hashable {
    case plain(String)
    /// The element's own name.
    case id(String)
    /// `#name`
    case link(String)
    /// `url(#name)`, and what is used where it is not there.
    case server(String, fallback: String?)

    /// The name of another element that it refers to.
    var target: String? {
        switch self {
        case .plain, .id: nil
        case .link(let name), .server(let name, _): name
        }
    }

    var text: String {
        switch self {
        case .plain(let text), .id(let text): text
        case .link(let name): "#\(name)"
        case .server(let name, nil): "url(#\(name))"
        case .server(let name, let fallback?): "url(#\(name)) \(fallback)"
        }
    }
}
