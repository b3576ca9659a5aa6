import SQL

extension Studio {
    /// Which of a creator's lasting overlay links is good.
    static let overlayNumber = Migration(
        "studio/0002_overlay_number",
        sqlite: .init(
            up: """
                ALTER TABLE creators ADD COLUMN overlay_number INTEGER NOT NULL DEFAULT 1
                    CHECK (overlay_number > 0);
                """,
            down: """
                ALTER TABLE creators DROP COLUMN overlay_number;
                """),
        postgres: .init(
            up: """
                ALTER TABLE creators ADD COLUMN overlay_number bigint NOT NULL DEFAULT 1
                    CHECK (overlay_number > 0);
                """,
            down: """
                ALTER TABLE creators DROP COLUMN overlay_number;
                """))
}
