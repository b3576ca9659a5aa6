/// What is wrong with a provider, for the log. Whoever signs in is only told whose fault it is.
struct ProviderProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
