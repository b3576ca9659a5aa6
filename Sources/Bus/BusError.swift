/// Why a message was not published.
package enum BusError: Error, Hashable, Sendable {
    /// A topic is `[a-z0-9_.]`, 1 to 63 bytes.
    case unusableTopic
    /// Over 7,000 bytes, or with a NUL.
    case unusablePayload
}
