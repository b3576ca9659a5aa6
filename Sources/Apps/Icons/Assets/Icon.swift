import Identity
import SQL
import Values

/// An icon that was drawn for a user: what he asked for, and what he got. A row in `assets`.
struct Icon: Sendable, RowDecodable {
    let id: ID<Icon>
    let prompt: String
    /// One at least.
    let variants: IconVariants
    /// Which of them is the icon.
    let chosen: ID<IconVariant>
    let intent: IconBrief.Intent
    let colorMode: IconBrief.ColorMode
    /// Who drew it, and with which model.
    let generator: String
    let model: String?
    /// Counts its states: each change makes another.
    let version: Int
    let createdAt: Instant
    let updatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        prompt = try row.next()
        variants = try row.next()
        chosen = try row.next()
        intent = try row.next()
        colorMode = try row.next()
        generator = try row.next()
        model = try row.next()
        version = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }

    /// The variant that is the icon, or another of its own by its id.
    func variant(_ id: ID<IconVariant>? = nil) -> IconVariant? {
        variants.list.first { $0.id == id ?? chosen }
    }
}

extension IconBrief.Intent: SQLValue {}
extension IconBrief.ColorMode: SQLValue {}
