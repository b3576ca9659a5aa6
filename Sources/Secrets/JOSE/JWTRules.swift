import Coding
import Values

/// What a token must be beside genuine.
package struct JWTRules: Sendable {
    /// By how much the clocks of those who sign and verify may differ.
    package var leeway: Duration = .seconds(5)
    /// The `typ` that the header has if it has one, in any case; nil lets any pass.
    package var type: String? = "JWT"
    /// Whether a header without `typ` is refused.
    package var requiresType = false
    package var requiresExpiry = true
    package var issuer: String?
    /// One of the audiences that the token names.
    package var audience: String?
    package var maximumBytes = 8192

    package init() {}

    func check(type given: JSON?) throws(JWTError) {
        guard let given else {
            if requiresType { throw .wrongType }
            return
        }
        guard let given = given.asString?.lowercased() else { throw .malformed }
        guard let type = type?.lowercased() else { return }
        guard given == type || given == "application/" + type else { throw .wrongType }
    }

    func check(_ claims: JSON, at now: Instant) throws(JWTError) {
        try checkTimes(of: claims, now: Double(now.microseconds))
        try checkParties(of: claims)
    }

    private func checkTimes(of claims: JSON, now: Double) throws(JWTError) {
        let leeway = Double(leeway.microseconds)
        if let expiry = try Self.time("exp", in: claims) {
            guard now < expiry + leeway else { throw .expired }
        } else if requiresExpiry {
            throw .noExpiry
        }
        for name in ["nbf", "iat"] {
            guard let time = try Self.time(name, in: claims) else { continue }
            guard time <= now + leeway else { throw .notYetValid }
        }
    }

    private func checkParties(of claims: JSON) throws(JWTError) {
        if let issuer, claims["iss"] != .string(issuer) { throw .wrongIssuer }
        guard let audience else { return }
        switch claims["aud"] {
        case .string(audience)?: return
        case .list(let audiences)? where audiences.contains(.string(audience)): return
        default: throw .wrongAudience
        }
    }

    /// A NumericDate (RFC 7519 §2) in microseconds: a double, so that no number of theirs overflows.
    private static func time(_ name: String, in claims: JSON) throws(JWTError) -> Double? {
        guard let value = claims[name] else { return nil }
        guard let seconds = value.asNumber, seconds.isFinite else { throw .malformed }
        return seconds * 1_000_000
    }
}
