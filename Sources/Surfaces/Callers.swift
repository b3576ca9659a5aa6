import API
import HTTP
import Identity
import Values

/// The guards of V1 and Tokens: by which credentials a caller may show who he is.
///
/// The first credential that a request carries decides, in this order: `Authorization: Bearer`,
/// `x-api-key`, the session's cookie. One that is wrong is not made up for by the next.
package struct Callers: Sendable {
    package static let keyScheme = SecurityScheme(
        "apiKey", .header(name: FieldName.xAPIKey.text),
        "An API key of a user or of an organization. It opens what names a scope, if it has it.")

    /// What a guard may answer on any operation that takes keys.
    package static let keyRows = [
        FailureRow(
            .missingScope, .forbidden, "MISSING_SCOPE", "The API key does not have the scope"
        ) {
            "The API key does not have the scope \($0[0])"
        }
    ]

    private let identity: Identity
    private let compat: Compat
    private let keys: any KeyFinder

    package init(_ identity: Identity, _ compat: Compat, _ keys: any KeyFinder) {
        self.identity = identity
        self.compat = compat
        self.keys = keys
    }

    /// Lets through who has a session, shown by bearer token or cookie. API keys open nothing here.
    package var signedIn: Guard<Caller> {
        Guard(
            schemes: [Identity.bearerScheme, compat.sessionScheme], failures: [.unauthorized],
            check: { call in
                let active =
                    if let token = call.request.bearerToken {
                        try await identity.session(ofBearer: token, at: call.now)
                    } else {
                        try await session(ofCookie: call)
                    }
                return Caller(active: try Self.noted(active, call))
            })
    }

    /// Lets through who has a session, or an API key with the scope.
    package func anyone(scope: Scope) -> Guard<Principal> {
        Guard(
            schemes: schemesWithKeys, failures: [.unauthorized, .forbidden, .missingScope],
            check: { call in
                if let token = call.request.bearerToken {
                    let active = try await identity.session(ofBearer: token, at: call.now)
                    return .session(try Self.noted(active, call))
                }
                if let key = call.request[.xAPIKey] {
                    return .key(try await holder(of: key, scope, call))
                }
                return .session(try Self.noted(try await session(ofCookie: call), call))
            })
    }

    /// The same for what strangers may do, too: nil is who shows no credentials. Those that are shown
    /// must be good, but for a cookie, which a browser sends by itself. Put `schemesWithKeys` into the
    /// operation's options.
    package func anybody(scope: Scope) -> Guard<Principal?> {
        Guard(
            schemes: [], failures: [.unauthorized, .forbidden, .missingScope],
            check: { call in
                if call.request.bearerToken == nil, call.request[.xAPIKey] == nil {
                    guard let active = try await session(ofCookie: call) else { return nil }
                    return .session(try Self.noted(active, call))
                }
                return try await anyone(scope: scope).check(call)
            })
    }

    /// Who calls, for what is opened once and asked for many things: whoever opens it asks for scopes
    /// himself. Nil is who shows no credentials. `trustsCookie` is asked where a cookie would count.
    package func principal(
        of call: Call, bearer: String?, trustsCookie: (Call) throws -> Bool
    ) async throws -> Principal? {
        if let token = bearer ?? call.request.bearerToken {
            let active = try await identity.session(ofBearer: token, at: call.now)
            return .session(try Self.noted(active, call))
        }
        if let key = call.request[.xAPIKey] {
            guard let holder = try await find(key: key, at: call.now) else {
                throw Failure.unauthorized
            }
            Self.note(holder, call)
            return .key(holder)
        }
        guard compat.cookies.sessionToken(of: call.request) != nil, try trustsCookie(call) else {
            return nil
        }
        guard let active = try await session(ofCookie: call) else { return nil }
        return .session(try Self.noted(active, call))
    }

    /// Who holds a key, as long as it is good.
    package func find(key: String, at now: Instant) async throws -> KeyHolder? {
        try await keys.find(key, at: now)
    }

    package var schemesWithKeys: [SecurityScheme] {
        [Identity.bearerScheme, Self.keyScheme, compat.sessionScheme]
    }

    private static func noted(_ active: ActiveSession?, _ call: Call) throws -> ActiveSession {
        guard let active else { throw Failure.unauthorized }
        call.note(userID: active.user.id.description)
        return active
    }

    private func holder(of key: String, _ scope: Scope, _ call: Call) async throws -> KeyHolder {
        guard let holder = try await keys.find(key, at: call.now) else {
            throw Failure.unauthorized
        }
        Self.note(holder, call)
        try holder.require(scope)
        return holder
    }

    private static func note(_ holder: KeyHolder, _ call: Call) {
        switch holder.owner {
        case .user(let user): call.note(userID: user.id.description)
        case .organization(let id): call.note(organizationID: id.description)
        }
    }

    private func session(ofCookie call: Call) async throws -> ActiveSession? {
        guard mayUseCookie(call.request),
            let token = compat.cookies.sessionToken(of: call.request)
        else { return nil }
        return try await identity.sessions.find(token, at: call.now)
    }

    /// A browser sends cookies along with what pages of other sites make it send. Where that would
    /// change something, the page must be of an origin that is trusted; otherwise the cookie counts
    /// as none.
    private func mayUseCookie(_ request: Request) -> Bool {
        if [Method.get, .head, .options].contains(request.method) { return true }
        return request[.origin].map(compat.origins.contains) ?? false
    }
}

extension FieldName {
    package static let xAPIKey: FieldName = FieldName("x-api-key")
}
