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
        let (preparing, running) = (DispatchGroup(), DispatchGroup())
        // They come in a few at a time: a crush at the door is not what is measured.
        let door = DispatchSemaphore(value: 4)
        for _ in 0..<Self.users {
            preparing.enter()
            running.enter()
        }
        for number in 0..<Self.users {
            Thread.detachNewThread { [self] in
                let user = CrowdUser(number, port: port)
                door.wait()
                var own = user.prepare()
                door.signal()
                preparing.leave()
                preparing.wait()
                own += user.live(for: seconds)
                result.withLock { $0 += own }
                running.leave()
            }
        }
        running.wait()
        try Interruption.check()
        return result.withLock { $0 }
    }
}
