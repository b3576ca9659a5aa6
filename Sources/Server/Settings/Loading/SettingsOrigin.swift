/// Where a setting's value comes from.
package enum SettingsOrigin: Hashable, Sendable {
    case standard
    case file(String)
    /// One variable, or several that make one value together.
    case environment(String)
    case flag(String)
    /// Made for this machine and kept in the data directory.
    case made(String)
}

extension SettingsOrigin: CustomStringConvertible {
    package var description: String {
        switch self {
        case .standard: "default"
        case .file(let path): path
        case .environment(let name): name
        case .flag(let name): name
        case .made(let path): "made, kept in " + path
        }
    }
}
