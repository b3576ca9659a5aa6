import Identity
import SQL
import Values

// Whose a kit is stands in each statement: to all others there is no such kit.

extension BrandKit {
    static let insert = Statement(
        .write,
        """
        INSERT INTO brand_kits (id, creator_id, name, color_palette, typography, motion_intensity,
            allowed_categories, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        RETURNING id, name, color_palette, typography, motion_intensity, allowed_categories, version,
            created_at, updated_at
        """, binds: ID<BrandKit>.self, ID<User>.self, String.self, Studio.ColorPalette.self,
        Studio.Typography.self, Int.self, CategorySet.self, Instant.self, returns: BrandKit.self)

    static let list = Statement(
        .scan,
        """
        SELECT id, name, color_palette, typography, motion_intensity, allowed_categories, version,
            created_at, updated_at
        FROM brand_kits WHERE creator_id = $1 ORDER BY created_at, id LIMIT $2 OFFSET $3
        """, binds: ID<User>.self, Int.self, Int.self, returns: BrandKit.self)

    static let count = Statement(
        .scan, "SELECT count(*) FROM brand_kits WHERE creator_id = $1", binds: ID<User>.self,
        returns: Single<Int>.self)

    static let find = Statement(
        .point,
        """
        SELECT id, name, color_palette, typography, motion_intensity, allowed_categories, version,
            created_at, updated_at
        FROM brand_kits WHERE id = $1 AND creator_id = $2
        """, binds: ID<BrandKit>.self, ID<User>.self, returns: BrandKit.self)

    /// The same, and nobody changes it before the transaction ends.
    static let lock = Statement(
        .write,
        sqlite: """
            SELECT id, name, color_palette, typography, motion_intensity, allowed_categories, version,
                created_at, updated_at
            FROM brand_kits WHERE id = $1 AND creator_id = $2
            """,
        postgres: """
            SELECT id, name, color_palette, typography, motion_intensity, allowed_categories, version,
                created_at, updated_at
            FROM brand_kits WHERE id = $1 AND creator_id = $2 FOR UPDATE
            """, binds: ID<BrandKit>.self, ID<User>.self, returns: BrandKit.self)

    static let update = Statement(
        .write,
        """
        UPDATE brand_kits SET name = $3, color_palette = $4, typography = $5, motion_intensity = $6,
            allowed_categories = $7, version = version + 1, updated_at = $8
        WHERE id = $1 AND creator_id = $2
        RETURNING id, name, color_palette, typography, motion_intensity, allowed_categories, version,
            created_at, updated_at
        """, binds: ID<BrandKit>.self, ID<User>.self, String.self, Studio.ColorPalette.self,
        Studio.Typography.self, Int.self, CategorySet.self, Instant.self, returns: BrandKit.self)

    static let delete = Statement(
        .write, "DELETE FROM brand_kits WHERE id = $1 AND creator_id = $2",
        binds: ID<BrandKit>.self, ID<User>.self)

    static let statements: [StatementCore] = [
        insert.core, list.core, count.core, find.core, lock.core, update.core, delete.core,
    ]
}
