import HTTP

/// Which other origins a browser may call from (Fetch standard, CORS protocol).
///
/// An allowed origin may send cookies and the headers of an API client; any other gets no CORS
/// header at all, so that the browser keeps the answer from its page.
package struct CORS: Sendable {
    private let origins: Set<String>

    package init(origins: some Sequence<String>) {
        self.origins = Set(origins)
    }

    /// The origin to allow, or nil.
    func allowed(_ request: Request) -> String? {
        guard let origin = request[.origin], origins.contains(origin) else { return nil }
        return origin
    }

    static func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request[.origin] != nil
            && request[.accessControlRequestMethod] != nil
    }

    func preflight(_ request: Request) -> Response {
        var response = Response(.noContent)
        response.fields.vary(on: .origin)
        guard let origin = allowed(request) else { return response }
        response.fields[.accessControlAllowOrigin] = origin
        response.fields[.accessControlAllowCredentials] = "true"
        response.fields[.accessControlAllowMethods] = "GET, POST, PUT, PATCH, DELETE, OPTIONS"
        response.fields[.accessControlAllowHeaders] =
            "Content-Type, Authorization, X-API-Key, X-Request-Id, If-Match, If-None-Match"
        response.fields[.accessControlMaxAge] = "86400"
        return response
    }

    func decorate(_ response: inout Response, for request: Request) {
        if origins.isEmpty { return }
        // Also where none was sent: a cache must not give that answer to a page of an allowed origin.
        response.fields.vary(on: .origin)
        guard let origin = allowed(request) else { return }
        response.fields[.accessControlAllowOrigin] = origin
        response.fields[.accessControlAllowCredentials] = "true"
        response.fields[.accessControlExposeHeaders] =
            "X-Request-Id, ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
            + "RateLimit-Reset, set-auth-token, set-auth-jwt"
    }
}
