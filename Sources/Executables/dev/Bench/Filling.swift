/// Rows that are there while lookups are measured.
enum Filling {
    static let sqlite = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        INSERT INTO users (id, email, name, created_at, updated_at)
        SELECT printf('01900000-0000-7000-8000-%012d', i), 'user' || i || '@example.com',
            'User Number ' || i, 1700000000000000, 1700000000000000 FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        INSERT INTO sessions (id, user_id, token_hash, expires_at, ip_address, user_agent,
            created_at, updated_at, last_activity_at)
        SELECT printf('01900000-0000-7000-9000-%012d', i),
            printf('01900000-0000-7000-8000-%012d', i), CAST(printf('%032d', i) AS BLOB),
            4000000000000000, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64)',
            1700000000000000, 1700000000000000, 1700000000000000 FROM n;
        ANALYZE;
        """

    static let postgres = """
        INSERT INTO users (id, email, name)
        SELECT ('01900000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
            'user' || i || '@example.com', 'User Number ' || i FROM generate_series(1, 10000) i;
        INSERT INTO sessions (id, user_id, token_hash, expires_at, ip_address, user_agent)
        SELECT ('01900000-0000-7000-9000-' || lpad(i::text, 12, '0'))::uuid,
            ('01900000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
            sha256(i::text::bytea), now() + '7 days', '127.0.0.1',
            'Mozilla/5.0 (X11; Linux x86_64)' FROM generate_series(1, 10000) i;
        ANALYZE;
        """
}
