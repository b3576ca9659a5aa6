import Coding
import HTTP
import Identity
import Secrets
import Values

/// The cookie `session_data`: how long a browser keeps it and how it is written.
package struct SessionDataCookie: Sendable {
    let lifetime: Duration
    let coder: SessionDataCoder

    package init(
        _ form: SessionDataForm, for lifetime: Duration, _ secrets: SigningSecrets,
        _ randomness: Randomness
    ) {
        self.lifetime = lifetime
        coder = SessionDataCoder(form, secrets, randomness)
    }

    func text(_ active: ActiveSession, _ token: SessionToken, at now: Instant) -> String? {
        let data = try? SessionData(active, token, at: now, for: lifetime)
        return data.map { coder.text(of: $0, at: now) }
    }
}

/// What a request's `session_data` is good for.
package enum KeptSession {
    case none
    /// Forged, too old or of another session.
    case useless
    case found(session: JSON, user: JSON)
}

/// The cookies of a request that `session_data` is made of: one, or pieces `.0`, `.1` and so on.
struct SessionDataPieces {
    /// In the order of the request.
    let names: [String]
    /// The whole; nil where there is none.
    let text: String?

    init(of request: Request, _ name: String) {
        var found: [(name: String, index: Int, value: String)] = []
        request.eachCookie(startingWith: name) { cookie, value in
            guard let index = Self.index(in: cookie.dropFirst(name.count)),
                !found.contains(where: { $0.name == cookie })
            else { return }
            found.append((cookie, index, value))
        }
        names = found.map(\.name)
        let whole = found.first { $0.index < 0 && !$0.value.isEmpty }?.value
        let pieces = found.filter { $0.index >= 0 }.sorted { $0.index < $1.index }.map(\.value)
        text = whole ?? (pieces.isEmpty ? nil : pieces.joined())
    }

    /// The number of a piece, -1 for the cookie that is whole.
    private static func index(in rest: Substring) -> Int? {
        if rest.isEmpty { return -1 }
        let digits = rest.dropFirst()
        guard rest.first == ".", (1...2).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }
}

extension String {
    /// Cut after each `count` bytes; of ASCII only.
    func pieces(of count: Int) -> [String] {
        var rest = utf8[...]
        var pieces: [String] = []
        while !rest.isEmpty, count > 0 {
            pieces.append(String(decoding: rest.prefix(count), as: UTF8.self))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
