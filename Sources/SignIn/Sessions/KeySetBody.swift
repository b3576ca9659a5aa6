import API
import Coding
import HTTP
import Secrets

/// The public keys as a JWK Set (RFC 7517 §5), for whoever checks access tokens himself.
struct KeySetBody: OperationOutput {
    let keys: KeySet

    static func documentation() -> OutputDocumentation {
        let key = Schema.object(
            ["kty": .string, "kid": .string, "alg": .string, "use": .string],
            optional: ["use"])
        return OutputDocumentation(
            .ok, "A JWK Set.", mediaType: "application/json",
            schema: .object(["keys": .list(of: key)]))
    }

    func response() -> Response {
        var response = Response.json(keys.jwks.bytes())
        response.fields[.cacheControl] = "public, max-age=300"
        return response
    }
}
