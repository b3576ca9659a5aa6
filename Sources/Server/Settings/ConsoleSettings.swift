import Coding
import Values

/// The `console` section: the pages.
package struct ConsoleSettings: Codable, Sendable {
    /// A directory whose files are served in place of those in the program, read anew for each
    /// request: for whoever works on the pages. `make dev` sets it to `Assets`.
    package var assets: DirectoryPath?

    init() {}
}
