/// A route with what its types say, which is read once for a document.
struct DocumentedRoute {
    let mounted: MountedRoute
    let documentation: RouteDocumentation

    init(_ mounted: MountedRoute) throws {
        self.mounted = mounted
        documentation = try mounted.route.documentation()
    }
}
