import Foundation
import Values

/// One of them.
final class CrowdUser {
    private let number: Int
    private let port: Int
    private let connection: LoadConnection?
    private var thoughts: SeededNumbers
    private var lives = 0
    private var tokens = BenchServer.SignedIn.Tokens(accessToken: "", refreshToken: "")
    private var cookie = ""

    init(_ number: Int, port: Int) {
        self.number = number
        self.port = port
        connection = LoadConnection(port: port)
        thoughts = SeededNumbers(seed: UInt64(number))
    }

    /// Registers and signs in, so that a day can begin at any hour.
    func prepare() -> CrowdResult {
        var result = CrowdResult()
        for request in [CrowdRequest.register, .login] { perform(request, &result) }
        return result.untimed
    }

    /// Each begins at another hour of the day, and with a thought: a crowd that is there already,
    /// not one that arrives.
    func live(for seconds: Int) -> CrowdResult {
        var result = CrowdResult()
        let end = Stopwatch(seconds: seconds)
        var hour = number
        while true {
            think()
            if end.isDue || !Interruption.allows { return result }
            perform(CrowdRequest.day[hour % CrowdRequest.day.count], &result)
            hour += 1
        }
    }

    private func perform(_ request: CrowdRequest, _ result: inout CrowdResult) {
        let begin = Stopwatch.moment
        let status = send(request)
        let time = Stopwatch.milliseconds(since: begin) * 1000
        result.add(request, status, microseconds: Int(time))
    }

    /// Half a second to a second and a half.
    private func think() {
        usleep(500_000 + UInt32(thoughts.below(1_000_000)))
    }

    private var credentials: String {
        let email = "crowd-\(number)-\(lives)@example.com"
        return #"{"email":"\#(email)","password":"\#(BenchServer.password)","name":"One of many"}"#
    }

    private func send(_ request: CrowdRequest) -> Int? {
        switch request {
        case .register:
            lives += 1
            return keepTokens(
                connection?.send("POST", "/api/v1/auth/register", json: credentials))
        case .refresh:
            let token = #"{"refreshToken":"\#(tokens.refreshToken)"}"#
            return keepTokens(connection?.send("POST", "/api/v1/auth/refresh", json: token))
        case .login:
            let answer = connection?.send("POST", "/api/auth/sign-in/email", json: credentials)
            let given = answer?.field("set-cookie")?.prefix { $0 != ";" }
            cookie = given.map(String.init) ?? ""
            return answer?.status
        case .me:
            let field = "Authorization: Bearer \(tokens.accessToken)"
            return connection?.send("GET", "/api/v1/auth/me", fields: [field])?.status
        case .session:
            let answer = connection?.send(
                "GET", "/api/auth/get-session", fields: ["Cookie: \(cookie)"])
            return answer?.body == "null" ? nil : answer?.status
        }
    }

    private func keepTokens(_ answer: LoadConnection.Answer?) -> Int? {
        let body = Data((answer?.body ?? "").utf8)
        guard let given = try? JSONDecoder().decode(BenchServer.SignedIn.self, from: body) else {
            return answer?.status == 200 ? nil : answer?.status
        }
        tokens = given.tokens
        return answer?.status
    }
}
