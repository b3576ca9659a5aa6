import Synchronization
import Values

/// Verifies the tokens of bearer requests, and remembers those that were genuine: a client sends the
/// same one with each request, and verifying an Ed25519 signature costs more than the whole rest of
/// the answer.
///
/// What is remembered is only that the key signed it. Times, issuer and audience are checked each
/// time. A verifier belongs to its keys: when they change, make another, and nothing remembered
/// outlives a key that was withdrawn. Tokens that were refused are not remembered, so that nobody can
/// push out others with forged ones.
package final class JWTVerifier: Sendable {
    private let keys: KeySet
    private let rules: JWTRules
    private let capacity: Int
    private let known = Mutex(Generations())

    /// The younger half is what was used since it was last emptied; then it becomes the older one.
    private struct Generations {
        var young: [Digest: JWT.Verified] = [:]
        var old: [Digest: JWT.Verified] = [:]
    }

    /// `capacity` is the most tokens that are remembered, some 2 KB each.
    package init(keys: KeySet, rules: JWTRules = JWTRules(), capacity: Int = 2048) {
        (self.keys, self.rules, self.capacity) = (keys, rules, capacity)
    }

    package func verify(_ token: String, at now: Instant) throws(JWTError) -> JWT.Verified {
        guard token.utf8.count <= rules.maximumBytes else { throw .tooLarge }
        let digest = SHA256.digest(of: token)
        if let verified = find(digest) {
            try rules.check(verified.claims, at: now)
            return verified
        }
        let verified = try JWT.verify(token, keys: keys, at: now, rules: rules)
        remember(verified, digest)
        return verified
    }

    /// How many tokens are remembered.
    package var count: Int { known.withLock { $0.young.count + $0.old.count } }

    private func find(_ digest: Digest) -> JWT.Verified? {
        known.withLock { known in
            if let verified = known.young[digest] { return verified }
            guard let verified = known.old.removeValue(forKey: digest) else { return nil }
            insert(verified, digest, &known)
            return verified
        }
    }

    private func remember(_ verified: JWT.Verified, _ digest: Digest) {
        known.withLock { insert(verified, digest, &$0) }
    }

    private func insert(_ verified: JWT.Verified, _ digest: Digest, _ known: inout Generations) {
        if known.young.count >= capacity / 2 {
            known.old = known.young
            known.young = [:]
        }
        known.young[digest] = verified
    }
}
