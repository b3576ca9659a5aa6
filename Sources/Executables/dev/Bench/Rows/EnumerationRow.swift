import DatabaseTesting
import Foundation
import Measuring
import SQL
import Values

extension BenchRow {
    /// What an address answers, and how fast, must not tell whether it has a user.
    static let enumeration = BenchRow(
        name: "enumeration",
        what: "whether known and unknown addresses can be told apart by the time of the answer"
    ) { bench in
        var lines: [BenchLine] = []
        for engine in [Engine.sqlite, .postgres] {
            for question in Question.all {
                let server = try BenchServer(bench, on: engine, question.settings)
                defer { server.stop() }
                let trial = try Trial(question, server)
                let distinction = try trial.run(count: bench.rounds > 1 ? 500 : 40)
                lines.append(
                    BenchLine(
                        "enumeration", "\(question.name), \(engine)", distinction,
                        "known and unknown addresses"))
            }
        }
        return lines
    }
}

/// A request that names an address, whose answer is the same for all of them.
private struct Question: Sendable {
    let name: String
    let path: String
    var settings: [String] = []
    let json: @Sendable (_ email: String) -> String

    static let all = [
        Question(name: "sign-in, wrong password", path: "/api/v1/auth/login") {
            #"{"email":"\#($0)","password":"Wrong-horse-1"}"#
        },
        Question(name: "forgot password", path: "/api/v1/auth/forgot-password") {
            #"{"email":"\#($0)"}"#
        },
        // Where an address must be confirmed first, signing up tells nobody whether it has a user.
        Question(
            name: "sign-up, verification required", path: "/api/v1/auth/register",
            settings: ["auth.verification.required=true"]
        ) {
            #"{"email":"\#($0)","password":"\#(BenchServer.password)","name":"Ada"}"#
        },
    ]
}

/// Asks about addresses of both kinds in an order by chance, one request after the other: whatever
/// an answer leaves to be done afterwards slows either kind alike.
private struct Trial {
    let question: Question
    let connection: LoadConnection
    private let known: [String]

    private static let usersMax = 20

    init(_ question: Question, _ server: BenchServer) throws {
        self.question = question
        connection = try server.connect()
        known = (0..<Self.usersMax).map { Self.address("k", $0) }
        for email in known {
            let user =
                #"{"email":"\#(email)","password":"\#(BenchServer.password)","name":"Ada"}"#
            let answer = connection.send("POST", "/api/v1/auth/register", json: user)
            // 202 where the address has to be confirmed.
            guard [201, 202].contains(answer?.status) else {
                throw Problem("no user was made: \(answer?.body ?? "no answer")")
            }
        }
    }

    /// As long as one another.
    private static func address(_ kind: String, _ number: Int) -> String {
        kind + String(format: "%05d", number) + "@example.com"
    }

    /// `count` requests of each kind.
    func run(count: Int) throws -> Distinction {
        var numbers = SeededNumbers(seed: 7)
        var kinds = Array(repeating: true, count: count) + Array(repeating: false, count: count)
        for index in kinds.indices.dropFirst() {
            kinds.swapAt(index, numbers.below(index + 1))
        }
        _ = try (0..<20).map { try time(asking: $0.isMultiple(of: 2), 10_000 + $0) }
        var times: [Bool: [Double]] = [:]
        for (index, isKnown) in kinds.enumerated() {
            try Interruption.check()
            times[isKnown, default: []].append(try time(asking: isKnown, index))
        }
        return Distinction(times[true] ?? [], times[false] ?? [])
    }

    /// Milliseconds.
    private func time(asking isKnown: Bool, _ number: Int) throws -> Double {
        let email =
            isKnown ? known[number % known.count] : Self.address("u", number)
        let json = question.json(email)
        let start = Stopwatch.moment
        let answer = connection.send("POST", question.path, json: json)
        let time = Stopwatch.milliseconds(since: start)
        guard let answer, answer.status < 500, answer.status != 429 else {
            throw Problem("\(question.name): \(answer?.body ?? "no answer")")
        }
        return time
    }
}
