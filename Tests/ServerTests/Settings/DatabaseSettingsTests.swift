import Testing

@testable import Server

@Suite struct DatabaseSettingsTests {
    private func place(_ variables: [String: String]) throws -> DatabaseURL.Place {
        try load(variables: variables).settings.databasePlace
    }

    // S1-16, C18
    @Test func `C18: a URL wins over its pieces`() throws {
        #expect(
            try place(["DATABASE_URL": "postgres://a/b", "POSTGRES_PASSWORD": "x"])
                == .postgres(url: "postgres://a/b"))
    }

    @Test func `S1-16, C18: the pieces make a URL`() throws {
        #expect(
            try place(["POSTGRES_PASSWORD": "p:@/ä"])
                == .postgres(url: "postgres://postgres:p%3A%40%2F%C3%A4@localhost:5432/postgres"))
        #expect(
            try place([
                "POSTGRES_HOST": "db", "POSTGRES_PORT": "6000", "POSTGRES_DB": "app",
                "POSTGRES_USER": "ada", "POSTGRES_SSL": "true",
            ]) == .postgres(url: "postgres://ada@db:6000/app?sslmode=require"))
        #expect(
            try place(["POSTGRES_HOST": "/run/postgresql", "POSTGRES_SSL": "verify-full"])
                == .postgres(
                    url: "postgres://postgres@%2Frun%2Fpostgresql:5432/postgres?sslmode=verify-full"
                ))
    }

    @Test func `C18: without any of them the database is a file`() throws {
        #expect(try place(["POSTGRES_DB": "app"]) == .sqlite(file: "data/atrium.db"))
        #expect(try place(["DATABASE_URL": "sqlite:/tmp/x.db"]) == .sqlite(file: "/tmp/x.db"))
    }

    @Test func `another kind of URL is refused`() {
        #expect(
            mistakes(variables: ["DATABASE_URL": "mysql://a/b"])
                == [
                    "database.url (DATABASE_URL) must be postgres://user:password@host/name "
                        + "or sqlite:FILE"
                ])
    }

    // C17, S2-8
    @Test func `C17: PORT changes the port, --http comes again`() throws {
        #expect(
            try load(variables: ["PORT": "8080"]).settings.http.listen.map(\.text) == [
                "127.0.0.1:8080"
            ])
        var sources = SettingsSources()
        sources.variables = ["PORT": "8080"]
        sources.flags = ["0.0.0.0:8080", "[::1]:9", ":7", "localhost:6"].map {
            SettingsSources.Flag(path: "http.listen", text: $0, name: "--http")
        }
        let settings = try SettingsLoader.load(sources).settings
        #expect(settings.http.listen.map(\.text).count == 4)
        #expect(settings.http.listen.map(\.port) == [8080, 9, 7, 6])
    }
}
