import API
import Identity
import Synchronization
import Values

/// How many uploads a node takes at once, all together and of one user: each holds a piece of a file in
/// memory, and may last.
final class UploadPlaces: Sendable {
    private let allMax: Int
    private let userMax: Int
    private let places = Mutex<[ID<User>: Int]>([:])

    init(all: Int, ofUser: Int) { (allMax, userMax) = (all, ofUser) }

    var taken: Int { places.withLock { $0.values.reduce(0, +) } }

    /// Takes a place until `leave`. Throws where there is none.
    func enter(_ user: ID<User>) throws {
        try places.withLock { places in
            let own = places[user] ?? 0
            if own >= userMax { throw Failure.tooManyRequests.retry(after: Self.patience) }
            if places.values.reduce(0, +) >= allMax {
                throw Failure.busy.retry(after: Self.patience)
            }
            places[user] = own + 1
        }
    }

    func leave(_ user: ID<User>) {
        places.withLock { places in
            let own = (places[user] ?? 0) - 1
            places[user] = own > 0 ? own : nil
        }
    }

    private static let patience: Duration = .seconds(5)
}
