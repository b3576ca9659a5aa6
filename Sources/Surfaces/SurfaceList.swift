import API

/// The surfaces that features bring their routes to.
package struct SurfaceList: Sendable {
    package let v1: V1
    package let tokens: Tokens
    package let compat: Compat
    package let pages = Pages()
    /// The guards of V1 and Tokens.
    package let callers: Callers

    package init(v1: V1, tokens: Tokens, compat: Compat, callers: Callers) {
        self.v1 = v1
        self.tokens = tokens
        self.compat = compat
        self.callers = callers
    }

    /// Whose pages may act for a user, and where redirects may lead.
    package var origins: TrustedOrigins { compat.origins }

    /// What each surface shows of refusals that no feature means.
    package static let module = Module(
        "surfaces", parts: [V1.edge, Tokens.edge, Compat.edge, Pages.edge])
}
