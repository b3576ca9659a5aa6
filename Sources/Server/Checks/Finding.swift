/// What the doctor found at one place.
struct Finding: Hashable, Sendable {
    enum Mark: String, Sendable {
        case ok, warning, failure
    }

    let mark: Mark
    let name: String
    let detail: String

    static func ok(_ name: String, _ detail: String) -> Finding {
        Finding(mark: .ok, name: name, detail: detail)
    }

    static func warning(_ name: String, _ detail: String) -> Finding {
        Finding(mark: .warning, name: name, detail: detail)
    }

    static func failure(_ name: String, _ detail: String) -> Finding {
        Finding(mark: .failure, name: name, detail: detail)
    }
}
