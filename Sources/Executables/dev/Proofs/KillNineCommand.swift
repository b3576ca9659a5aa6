import DatabaseTesting
import Foundation
import SQL
import Values

extension Command {
    static let killNine = Command(
        name: "kill9",
        summary: "kills a server under a load of sign-ups; every acknowledged user must sign in"
    ) { words in
        var options = Options(words)
        let rounds = try options.number("--rounds", default: 20)
        let clients = try options.number("--clients", default: 32)
        let seed = try options.number("--seed", default: Int(Date().timeIntervalSince1970))
        let engine = try options.value("--engine").map { Engine(rawValue: $0) }
        let program = try options.value("--program")
        try options.end()
        say("kill9: seed \(seed), \(clients) clients")
        for engine in engine.map({ $0.map { [$0] } ?? [] }) ?? Engine.tested {
            try KillNine(engine: engine, rounds: rounds, clients: clients, program: program)
                .run(seed: UInt64(bitPattern: Int64(seed)))
        }
    }
}

/// The proof that an acknowledged write survives the program's sudden end.
///
/// One database lives through all rounds, so each start has to recover what the last kill left.
struct KillNine {
    let engine: Engine
    let rounds: Int
    let clients: Int
    let program: String?

    func run(seed: UInt64) throws {
        var moments = SeededNumbers(seed: seed)
        let server = try TrialServer(on: engine, program: program)
        defer { server.remove() }
        var table = TextTable("round", "killed after ms", "acknowledged", "lost", "integrity")
        var users: [String] = []
        var lost = 0
        for round in 1...rounds {
            let delay = 100 + moments.below(1400)
            let outcome = try play(round, killAfter: delay, at: server)
            users += outcome.acknowledged
            lost += outcome.lost
            table.add(
                "\(round)", "\(delay)", "\(outcome.acknowledged.count)", "\(outcome.lost)",
                outcome.integrity)
        }
        say("\n\(engine)")
        table.show()
        // Once more all of them: a later recovery must not undo what an earlier one had kept.
        lost += try missing(of: users, at: server)
        say("\(engine): \(rounds) kills, \(users.count) acknowledged users, \(lost) lost")
        if users.isEmpty { throw Problem("no sign-up was acknowledged: nothing is proven") }
        if lost > 0 { throw Problem("acknowledged users were lost") }
    }

    struct Outcome {
        var acknowledged: [String]
        var lost: Int
        var integrity: String
    }

    private func play(_ round: Int, killAfter delay: Int, at server: TrialServer) throws -> Outcome
    {
        try server.start()
        let load = SignUpLoad(port: server.port, round: round)
        load.start(clients: clients)
        usleep(UInt32(delay) * 1000)
        server.killNow()
        let users = load.finish()
        let lost = try missing(of: users, at: server)
        return Outcome(acknowledged: users, lost: lost, integrity: try Integrity.check(server))
    }

    /// How many of the users cannot sign in; the server is started for it and ended in order.
    private func missing(of users: [String], at server: TrialServer) throws -> Int {
        try server.start()
        let missing = SignInCheck(port: server.port).missing(of: users)
        guard server.stop() == 0 else { throw Problem("atrium did not end well after SIGTERM") }
        return missing
    }
}
