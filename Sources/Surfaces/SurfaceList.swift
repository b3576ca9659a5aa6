import API

/// The surfaces that features bring their routes to.
package struct SurfaceList: Sendable {
    package let v1: V1
    package let tokens: Tokens
    package let compat: Compat

    package init(v1: V1, tokens: Tokens, compat: Compat) {
        self.v1 = v1
        self.tokens = tokens
        self.compat = compat
    }

    /// What each surface shows of refusals that no feature means.
    package static let module = Module("surfaces", parts: [V1.edge, Tokens.edge, Compat.edge])
}
