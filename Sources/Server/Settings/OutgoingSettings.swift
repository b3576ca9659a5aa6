import Outgoing
import Values

/// The `outgoing` section: requests that the server makes itself, to the providers that users sign in
/// with.
package struct OutgoingSettings: Codable, Sendable {
    /// Whether addresses of this machine and of private networks may be asked. Only where a provider
    /// is in such a network: otherwise what a provider says might lead to machines that only the
    /// server can reach. On in `dev`. Only this machine is ever asked without TLS.
    package var privateNetworks: Bool
    /// From the first packet of a request to the last of its answer.
    package var timeout: TimeSpan = "10s"
    /// The body of an answer. A longer one counts as none.
    package var answerBytes: ByteSize = "1MiB"
    /// A file of certificates (PEM) to trust instead of the system's, for a provider with a
    /// certificate of one's own making.
    package var trustedCertificates: FilePath?

    init(_ environment: RunEnvironment) {
        privateNetworks = environment == .dev
    }
}

extension HTTPClient.Options {
    init(_ settings: OutgoingSettings) {
        self.init()
        timeout = settings.timeout.duration
        answerBytesMax = settings.answerBytes.bytes
        reach.privateNetworks = settings.privateNetworks
        trustedCertificates = settings.trustedCertificates?.text
    }
}
