import SQL

extension Identity {
    /// A code beside the link of a mail, the address that it was sent to, and what it is about.
    static let verificationCodes = Migration(
        "core/0007_verification_codes",
        sqlite: .init(
            up: """
                ALTER TABLE verifications ADD COLUMN address_hash BLOB;
                ALTER TABLE verifications ADD COLUMN code_hash BLOB;
                ALTER TABLE verifications ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE verifications ADD COLUMN value_sealed TEXT;
                CREATE INDEX verifications_address_hash_index ON verifications (address_hash);
                """,
            down: """
                DROP INDEX verifications_address_hash_index;
                ALTER TABLE verifications DROP COLUMN value_sealed;
                ALTER TABLE verifications DROP COLUMN tries;
                ALTER TABLE verifications DROP COLUMN code_hash;
                ALTER TABLE verifications DROP COLUMN address_hash;
                """),
        postgres: .init(
            up: """
                ALTER TABLE verifications ADD COLUMN address_hash bytea;
                ALTER TABLE verifications ADD COLUMN code_hash bytea;
                ALTER TABLE verifications ADD COLUMN tries bigint NOT NULL DEFAULT 0;
                ALTER TABLE verifications ADD COLUMN value_sealed text;
                CREATE INDEX verifications_address_hash_index ON verifications (address_hash);
                """,
            down: """
                DROP INDEX verifications_address_hash_index;
                ALTER TABLE verifications DROP COLUMN value_sealed;
                ALTER TABLE verifications DROP COLUMN tries;
                ALTER TABLE verifications DROP COLUMN code_hash;
                ALTER TABLE verifications DROP COLUMN address_hash;
                """))
}
