import API
import HTTP

extension Call {
    /// The device that the request came from.
    package var device: Device {
        Device(address: request.client.description, userAgent: request[.userAgent])
    }
}
