import Foundation
import Synchronization

/// Fifty users, each on a connection of their own: a request, its answer, a second of thought that
/// is half longer or shorter, the next request.
final class Crowd: Sendable {
    static let users = 50

    private let port: Int
    private let seconds: Int
    private let result = Mutex(CrowdResult())

    init(port: Int, seconds: Int) {
        self.port = port
        self.seconds = seconds
    }

    func run() throws -> CrowdResult {
        let running = DispatchGroup()
        for number in 0..<Self.users {
            running.enter()
            Thread.detachNewThread { [self] in
                let own = CrowdUser(number, port: port).live(for: seconds)
                result.withLock { $0 += own }
                running.leave()
            }
        }
        running.wait()
        try Interruption.check()
        return result.withLock { $0 }
    }
}
