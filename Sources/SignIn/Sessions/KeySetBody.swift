import API
import Coding
import HTTP
import Secrets

/// The public keys as a JWK Set (RFC 7517 §5), for whoever checks access tokens himself.
struct KeySetBody: OperationOutput {
    let keys: KeySet

    static func documentation() -> OutputDocumentation {
        let key = Schema.object(
            [
                "kty": .string.described("`OKP`, `EC` or `RSA`."),
                "kid": .string.described("The `kid` in the head of a token."),
                "alg": .string.described("`EdDSA`, `ES256` or `RS256`."),
            ]
        ).named("JSONWebKey")
        return OutputDocumentation(
            .ok, "A JWK Set.", mediaType: "application/json",
            schema: .object(["keys": .list(of: key)]).named("JSONWebKeySet"),
            example: [
                "keys": [
                    [
                        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA",
                        "kid": "0199c82c-c000-7000-8000-000000000001",
                        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                    ]
                ]
            ])
    }

    func response() -> Response {
        var response = Response.json(keys.jwks.bytes())
        response.fields[.cacheControl] = "public, max-age=300"
        return response
    }
}
