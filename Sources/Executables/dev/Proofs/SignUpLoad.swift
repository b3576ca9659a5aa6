import Foundation
import Synchronization

/// Many clients that sign up one user after the other until the server is gone.
final class SignUpLoad: Sendable {
    private let port: Int
    private let round: Int
    private let acknowledged = Mutex<[String]>([])
    private let running = DispatchGroup()

    static let password = "Correct-horse1"

    init(port: Int, round: Int) {
        self.port = port
        self.round = round
    }

    func start(clients: Int) {
        for client in 0..<clients {
            running.enter()
            Thread.detachNewThread {
                self.signUp(client)
                self.running.leave()
            }
        }
    }

    /// The addresses whose sign-up was answered with 201.
    func finish() -> [String] {
        running.wait()
        return acknowledged.withLock { $0 }
    }

    private func signUp(_ client: Int) {
        let http = HTTPExchange(port: port)
        for number in 0... {
            let email = "r\(round)-\(client)-\(number)@example.com"
            let body =
                #"{"email":"\#(email)","password":"\#(Self.password)","name":"Round \#(round)"}"#
            let answer = http.send("POST", "/api/v1/auth/register", json: body)
            // No answer: the server is gone. Any other status is not an acknowledgement.
            guard let answer else { return }
            if answer.status == 201 { acknowledged.withLock { $0.append(email) } }
        }
    }
}

/// Signs in every user of a round.
struct SignInCheck {
    let port: Int

    /// How many cannot sign in.
    func missing(of users: [String]) -> Int {
        let lost = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { part in
            let http = HTTPExchange(port: port)
            for index in stride(from: part, to: users.count, by: 8) {
                let body = #"{"email":"\#(users[index])","password":"\#(SignUpLoad.password)"}"#
                let answer = http.send("POST", "/api/v1/auth/login", json: body)
                if answer?.status != 200 { lost.withLock { $0 += 1 } }
            }
        }
        return lost.withLock { $0 }
    }
}
