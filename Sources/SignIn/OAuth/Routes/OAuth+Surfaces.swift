import API
import Identity
import Surfaces

extension OAuth {
    package func module(_ surfaces: SurfaceList) -> Module {
        Module(Self.name, parts: [tokens(surfaces), v1(surfaces), compat(surfaces.compat)])
    }

    private func tokens(_ surfaces: SurfaceList) -> SurfacePart {
        OAuthRoutes(
            oauth: self, surface: Tokens.name, prefix: "/api/auth", folder: "",
            refreshCookie: surfaces.tokens.cookie, origins: surfaces.origins,
            signed: { Tokens.TokensBody($0) }
        ).part
    }

    private func v1(_ surfaces: SurfaceList) -> SurfacePart {
        OAuthRoutes(
            oauth: self, surface: V1.name, prefix: "/api/v1/auth", folder: "/auth",
            refreshCookie: surfaces.v1.cookie, origins: surfaces.origins,
            signed: { V1.SignedInBody($0) }
        ).part
    }
}
