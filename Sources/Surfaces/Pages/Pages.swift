import API
import Coding
import HTTP
import Values

/// What the server's own pages ask, below `/auth`: there whichever surfaces are on. Bodies and errors
/// are those of V1; it is no part of the API that programs call.
package struct Pages: Sendable {
    package static let name = "pages"

    package init() {}

    package var surface: Surface {
        var surface = Surface(name: Self.name, prefix: "/auth", errors: V1.errors)
        surface.forbidsCaching = true
        return surface
    }

    package static let edge = SurfacePart(name, failures: V1.edge.failures, routes: {})
}

extension RouteOptions {
    /// Left out of the API's document.
    package var hidden: RouteOptions {
        var options = self
        options.isHidden = true
        return options
    }
}
