/// The surfaces of a program with everything its modules bring to them.
package struct Mount: Sendable {
    package let routes: [MountedRoute]
    let surfaces: [Surface]
    private let tables: [String: FailureTable]

    /// Why a program's surfaces do not fit together: mistakes of its makers, all at once.
    package struct Mistakes: Error, CustomStringConvertible {
        package let list: [String]
        package var description: String { list.joined(separator: "\n") }
    }

    /// Parts for surfaces that are not in the list are left out: those are switched off.
    ///
    /// Reading the types of all operations takes milliseconds. A program whose tests have done it may
    /// start without.
    package init(
        _ surfaces: [Surface], _ modules: [Module], describes: Bool = true
    ) throws(Mistakes) {
        let parts = Dictionary(grouping: modules.flatMap(\.parts), by: \.surface)
        var tables: [String: FailureTable] = [:]
        var routes: [MountedRoute] = []
        for surface in surfaces {
            let own = parts[surface.name] ?? []
            let table = FailureTable(own.flatMap(\.failures))
            tables[surface.name] = table
            routes += own.flatMap(\.routes).map { route in
                MountedRoute(route: route, surface: surface, table: table)
            }
        }
        self.surfaces = surfaces
        self.tables = tables
        self.routes = routes
        let mistakes = missingRows + doubles + (describes ? undocumented : [])
        guard mistakes.isEmpty else { throw Mistakes(list: mistakes) }
    }

    func table(of surface: Surface) -> FailureTable {
        tables[surface.name] ?? FailureTable([])
    }

    private var missingRows: [String] {
        var list: [String] = []
        for surface in surfaces {
            let table = table(of: surface)
            for failure in Failure.edge + surface.admissionFailures where !table.has(failure) {
                list.append("\(surface.name) has no row for the edge failure \(failure.kind)")
            }
        }
        for mounted in routes {
            for failure in mounted.route.failures where !mounted.table.has(failure) {
                list.append(
                    "\(mounted.surface.name) has no row for \(failure.kind), "
                        + "which \(mounted.route.id) may throw")
            }
        }
        return list
    }

    private var doubles: [String] {
        let keys = routes.map { "\($0.route.method) \($0.shape)" } + routes.map(\.operationID)
        let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.filter { $0.value > 1 }.map { "\($0.key) is there twice" }.sorted()
    }

    private var undocumented: [String] {
        routes.compactMap { mounted in
            do {
                _ = try mounted.route.documentation()
                return nil
            } catch {
                return "\(mounted.operationID) cannot be described: \(error)"
            }
        }
    }

    /// The surface that answers for a path without a route: the one with a route that the path lies
    /// below, else the last one whose prefix fits.
    func surface(answering path: String) -> Surface? {
        let below = routes.first { mounted in
            path.hasPrefix(mounted.path + "/") && !mounted.path.contains(":")
                && mounted.surface.unknown == nil
        }
        if let below { return below.surface }
        let fitting = surfaces.filter { path == $0.prefix || path.hasPrefix($0.prefix + "/") }
        return fitting.last { surface in
            fitting.allSatisfy { $0.prefix.utf8.count <= surface.prefix.utf8.count }
        }
    }
}
