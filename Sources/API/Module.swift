import Jobs
import SQL

/// A part of a program: what it stores and what it serves. A program is a list of modules.
package struct Module: Sendable {
    package let name: String
    /// Oldest first; never edited once released.
    package let migrations: [Migration]
    private let list: @Sendable () -> [StatementCore]
    package let parts: [SurfacePart]
    /// The kinds of jobs that it puts in and does.
    package let jobs: [JobHandler]
    /// Which of them are put in again and again.
    package let recurring: [Recurring]

    package init(
        _ name: String, migrations: [Migration] = [],
        statements: @autoclosure @escaping @Sendable () -> [StatementCore] = [],
        parts: [SurfacePart] = [], jobs: [JobHandler] = [],
        recurring: [Recurring] = []
    ) {
        self.name = name
        self.migrations = migrations
        list = statements
        self.parts = parts
        self.jobs = jobs
        self.recurring = recurring
    }

    /// Every statement the module runs, so that a test can prepare each on both engines. A program makes
    /// those that it comes to run, and no others.
    package var statements: [StatementCore] { list() }
}
