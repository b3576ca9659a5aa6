import API
import Coding
import HTTP
import Loop
import SQL
import Testing
import Values

/// What an operation throws, as a client and the log see it.
struct FailureTests {
    private static let refused = Failure("refused")

    private struct Broken: Error {
        let password = "hunter2"
    }

    private func makeAPI(_ error: any Error) throws -> TestAPI {
        try TestAPI(failures: [Self.refused]) {
            Operation("fail", .get, "/fail", "Fail.", failures: [Self.refused]) {
                (_: NoInput, call) -> Text in
                call.note(userID: "u1")
                throw error
            }
        }
    }

    @Test func `a failure is what the surface's table says`() async throws {
        let api = try makeAPI(Self.refused.because(Broken()))
        let answer = await api.send(.get, "/plain/fail")
        #expect(answer.status == 409)
        #expect(answer.code == "refused")
        #expect(!answer.text.contains("hunter2"))
        #expect(api.log.lines.count == 1)
    }

    @Test(arguments: [
        DatabaseError.Code.busy, .serialization, .timeout, .connection, .unknownOutcome,
    ])
    func `a database that cannot now is 503 and says when`(_ code: DatabaseError.Code) async throws
    {
        let api = try makeAPI(DatabaseError(code, "relation users", statement: "SELECT secret"))
        let answer = await api.send(.get, "/plain/fail")
        #expect(answer.status == 503)
        #expect(answer.code == "busy")
        #expect(answer[.retryAfter] == "1")
        #expect(!answer.text.contains("users"))
    }

    @Test func `a full pool is 503`() async throws {
        let answer = try await makeAPI(PoolIsFull()).send(.get, "/plain/fail")
        #expect(answer.status == 503)
        #expect(answer[.retryAfter] == "1")
    }

    @Test func `an unexpected error is 500 without a detail, logged once`() async throws {
        for error in [Broken(), DatabaseError(.statement, "no such column: secret")] as [any Error]
        {
            let api = try makeAPI(error)
            let answer = await api.send(.get, "/plain/fail", [.xRequestID: "abc"])
            #expect(answer.status == 500)
            #expect(answer.json == ["code": "unexpected", "message": "refused", "fields": []])
            let errors = api.log.objects.filter { $0["level"] == "ERROR" }
            #expect(errors.count == 1)
            #expect(errors.first?["requestId"] == "abc")
            #expect(errors.first?["userId"] == "u1")
            #expect(errors.first?["path"] == "/plain/fail")
            #expect(errors.first?["error"]?.asString?.isEmpty == false)
        }
    }

    @Test func `a failure that the route did not declare is ours to explain`() async throws {
        let api = try makeAPI(Failure("surprise"))
        let answer = await api.send(.get, "/plain/fail")
        #expect(answer.status == 500)
        #expect(api.log.objects.contains { $0["level"] == "ERROR" && $0["failure"] == "surprise" })
    }

    @Test func `a failure may say when to come back, rounded up`() async throws {
        let api = try makeAPI(Failure.tooManyRequests.retry(after: .milliseconds(2001)))
        let answer = await api.send(.get, "/plain/fail")
        #expect(answer.status == 429)
        #expect(answer[.retryAfter] == "3")
    }

    @Test func `what an operation throws as bad input names the fields`() async throws {
        let api = try makeAPI(
            InvalidInput(fields: [FieldError(path: "email", problem: .malformed(.email))]))
        let answer = await api.send(.get, "/plain/fail")
        #expect(answer.status == 400)
        #expect(answer.fieldErrors.count == 1)
    }
}
