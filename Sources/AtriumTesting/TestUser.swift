import Coding
import Values

/// A user who has registered, with what he needs to show who he is.
package struct TestUser: Sendable {
    package let id: String
    package let email: String
    package let password: String
    package let accessToken: String
    package let refreshToken: String
}

extension TestClient {
    /// A password that every rule allows.
    package static let password = "Correct-horse-1"

    /// Registers a user on V1, from a device of his own.
    package func user(
        _ email: String = "ada@example.com", password: String = TestClient.password,
        name: String = "Ada Lovelace"
    ) async throws -> TestUser {
        let answer = await another().post(
            "/api/v1/auth/register",
            [
                "email": .string(email), "password": .string(password), "name": .string(name),
            ])
        let tokens = answer.json["tokens"]
        guard answer.status == 201, let id = answer.json["user"]?["id"]?.asString,
            let access = tokens?["accessToken"]?.asString,
            let refresh = tokens?["refreshToken"]?.asString
        else { throw UnexpectedAnswer(status: answer.status, text: answer.text) }
        return TestUser(
            id: id, email: email, password: password, accessToken: access, refreshToken: refresh)
    }
}

extension TestUser {
    /// The same user with the tokens of another answer of V1.
    package init(again user: TestUser, _ answer: TestAnswer) throws {
        let tokens = answer.json["tokens"]
        guard let access = tokens?["accessToken"]?.asString,
            let refresh = tokens?["refreshToken"]?.asString
        else { throw UnexpectedAnswer(status: answer.status, text: answer.text) }
        self.init(
            id: user.id, email: user.email, password: user.password, accessToken: access,
            refreshToken: refresh)
    }
}

/// A step that every test relies on did not work.
package struct UnexpectedAnswer: Error {
    package let status: Int
    package let text: String

    package init(status: Int, text: String) {
        (self.status, self.text) = (status, text)
    }
}
