import Values

/// A check before an operation that finds out who calls. What it finds is given to the operation.
///
/// A guard throws a `Failure` and notes the user it found on the call; the failures it may throw count
/// as the operation's own.
package struct Guard<Passed: Sendable>: Sendable {
    package let schemes: [SecurityScheme]
    package let failures: [Failure]
    package let check: @Sendable (Call) async throws -> Passed

    package init(
        schemes: [SecurityScheme], failures: [Failure],
        check: @escaping @Sendable (Call) async throws -> Passed
    ) {
        self.schemes = schemes
        self.failures = failures
        self.check = check
    }
}

/// How a caller can show who he is, as OpenAPI names it.
package struct SecurityScheme: Hashable, Sendable {
    /// Where a request carries the credential, in the words of OpenAPI.
    package enum Kind: Hashable, Sendable {
        case bearer(format: String)
        case cookie(name: String)
        case header(name: String)
    }

    package let name: String
    package let kind: Kind
    /// Where the credential comes from and how it is sent, for the reader of the API's document.
    package let about: String?

    package init(_ name: String, _ kind: Kind, _ about: String? = nil) {
        self.name = name
        self.kind = kind
        self.about = about
    }
}
