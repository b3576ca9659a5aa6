import HTTP

/// Fields that the edge reads and writes, beside those that HTTP itself needs.
extension FieldName {
    package static let accessControlAllowCredentials = known("access-control-allow-credentials")
    package static let accessControlAllowHeaders = known("access-control-allow-headers")
    package static let accessControlAllowMethods = known("access-control-allow-methods")
    package static let accessControlAllowOrigin = known("access-control-allow-origin")
    package static let accessControlExposeHeaders = known("access-control-expose-headers")
    package static let accessControlMaxAge = known("access-control-max-age")
    package static let accessControlRequestMethod = known("access-control-request-method")
    package static let contentSecurityPolicy = known("content-security-policy")
    package static let pragma = known("pragma")
    package static let prefer = known("prefer")
    package static let preferenceApplied = known("preference-applied")
    package static let rateLimitLimit = known("ratelimit-limit")
    package static let rateLimitRemaining = known("ratelimit-remaining")
    package static let rateLimitReset = known("ratelimit-reset")
    package static let secFetchMode = known("sec-fetch-mode")
    package static let secFetchSite = known("sec-fetch-site")
    package static let xRetryAfter = known("x-retry-after")

    private static func known(_ name: StaticString) -> FieldName { FieldName(name) }
}
