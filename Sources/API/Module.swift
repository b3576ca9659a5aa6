import SQL

/// A part of a program: what it stores and what it serves. A program is a list of modules.
package struct Module: Sendable {
    package let name: String
    /// Oldest first; never edited once released.
    package let migrations: [Migration]
    /// Every statement the module runs, so that a test can prepare each on both engines.
    package let statements: [StatementCore]
    package let parts: [SurfacePart]

    package init(
        _ name: String, migrations: [Migration] = [], statements: [StatementCore] = [],
        parts: [SurfacePart] = []
    ) {
        self.name = name
        self.migrations = migrations
        self.statements = statements
        self.parts = parts
    }
}
