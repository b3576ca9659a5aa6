import Testing

/// docker-compose.yml and the image as the specifications want them. There is no Docker engine in
/// the tests; `make image` lays the image out and starts it.
@Suite struct ComposeTests {
    private let compose: YAML

    init() throws {
        compose = try YAML(parsing: Clone.text(of: "docker-compose.yml"))
    }

    @Test func `S0-20, S1-17: PostgreSQL 17 with its database, volume, port and health check`() {
        let postgres = compose["services", "postgres"]
        #expect(postgres?["image"]?.text == "postgres:17-alpine")
        #expect(postgres?["environment", "POSTGRES_DB"]?.text == "parametric")
        #expect(postgres?["environment", "POSTGRES_USER"]?.text == "postgres")
        #expect(
            postgres?["environment", "POSTGRES_PASSWORD"]?.text?.contains("${POSTGRES_PASSWORD:?")
                == true)
        #expect(postgres?["volumes"]?.list == ["postgres_data:/var/lib/postgresql/data"])
        #expect(compose["volumes", "postgres_data"] != nil)
        #expect(postgres?["ports"]?.list == ["5432:5432"])
        let health = postgres?["healthcheck"]
        #expect(health?["test"]?.list == ["CMD-SHELL", "pg_isready -U postgres"])
        #expect(health?["interval"]?.text == "5s")
        #expect(health?["timeout"]?.text == "5s")
        #expect(health?["retries"]?.text == "5")
    }

    @Test func `S0-21: the API is built here and starts after PostgreSQL is healthy`() {
        let api = compose["services", "api"]
        #expect(api?["build", "context"]?.text == ".")
        #expect(api?["build", "target"]?.text == "production")
        #expect(api?["depends_on", "postgres", "condition"]?.text == "service_healthy")
        #expect(api?["environment", "POSTGRES_HOST"]?.text == "postgres")
    }

    // S0-21, C17: port 4000 outside, 8080 inside.
    @Test func `the API is published on port 4000`() {
        #expect(compose["services", "api", "ports"]?.list == ["4000:8080"])
    }

    // S0-21, S1-16
    @Test(arguments: [
        "OAUTH_GITHUB_CLIENT_ID", "OAUTH_GITHUB_CLIENT_SECRET", "OAUTH_GOOGLE_CLIENT_ID",
        "OAUTH_GOOGLE_CLIENT_SECRET", "OAUTH_MICROSOFT_CLIENT_ID", "OAUTH_MICROSOFT_CLIENT_SECRET",
        "OAUTH_MICROSOFT_TENANT_ID", "API_BASE_URL", "POSTGRES_PASSWORD", "ANTHROPIC_API_KEY",
    ]) func `the API's environment has`(_ name: String) throws {
        let value = compose["services", "api", "environment", name]?.text
        #expect(value?.hasPrefix("${\(name):") == true)
        #expect(try Clone.text(of: ".env.example").contains("\(name)="))
    }

    // S0-1, S0-21
    @Test func `the API serves the icons, unless told otherwise`() {
        let environment = compose["services", "api", "environment"]
        #expect(environment?["ATRIUM_APPS"]?.text == "${ATRIUM_APPS:-icons}")
        #expect(environment?["ANTHROPIC_API_KEY"]?.text == "${ANTHROPIC_API_KEY:-}")
    }

    // S1-16
    @Test func `Microsoft's tenant and the base address have their defaults`() {
        let environment = compose["services", "api", "environment"]
        #expect(
            environment?["OAUTH_MICROSOFT_TENANT_ID"]?.text
                == "${OAUTH_MICROSOFT_TENANT_ID:-common}")
        #expect(environment?["API_BASE_URL"]?.text == "${API_BASE_URL:-http://localhost:4000}")
    }

    @Test(arguments: ["POSTGRES_PASSWORD", "BETTER_AUTH_SECRET", "ENCRYPTION_KEY"])
    func `a secret that is not given stops compose with a message`(_ name: String) {
        let value = compose["services", "api", "environment", name]?.text
        #expect(value?.hasPrefix("${\(name):?set \(name)") == true)
    }
}
