import API
import Identity
import SQL
import Values

/// How a creator's streams look, and which effects fit them. A row in `brand_kits` (S4-16).
struct BrandKit: Sendable, RowDecodable {
    let id: ID<BrandKit>
    let name: String
    let palette: Studio.ColorPalette
    let typography: Studio.Typography
    /// The strongest motion that fits.
    let motionIntensity: Int
    let allowedCategories: CategorySet
    /// Counts its states: each change makes another.
    let version: Int
    let createdAt: Instant
    let updatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        name = try row.next()
        palette = try row.next()
        typography = try row.next()
        motionIntensity = try row.next()
        allowedCategories = try row.next()
        version = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }

    /// Why an effect does not fit, in words; nil for one that does.
    func objection(to effect: Effect) -> String? {
        if !allowedCategories.contains(effect.category) {
            return "the brand kit \(name) has no \(effect.category.rawValue) effects"
        }
        if effect.motion > motionIntensity {
            return "motion \(effect.motion) is stronger than the brand kit's \(motionIntensity)"
        }
        return nil
    }
}

/// How strongly something moves.
enum MotionBounds: Bounds { static let range = 1...5 }

extension Studio.ColorPalette: StoredJSON {}
extension Studio.Typography: StoredJSON {}
