/// What the API's document says of the API as a whole.
enum APIWords {
    static let description = """
        Accounts, data and realtime in one server. The same users and sessions are served on several \
        *surfaces*, each with paths, bodies and errors of its own; the tags are the surfaces. A user who \
        signs up on one can use all.

        ## Signing in

        Register or sign in on V1 or Tokens for an access token and a refresh token. Send the access \
        token as `Authorization: Bearer`; when it has ended, exchange the refresh token for a new pair. \
        Browsers may use Compat instead, which keeps the session in a cookie.

        ## Requests

        Bodies are JSON. Members that an operation does not know are ignored; null counts as left out \
        where a member may be left out. Texts are UTF-8, instants RFC 3339, ids UUIDs. A request may \
        name itself by `X-Request-Id`, up to 64 letters, digits, `-`, `_` and `.`.

        ## Errors

        Each operation lists the codes that it answers with. Decide by status and code, show the \
        message to people. A path that is there answers other methods with 405 and `Allow`, an unknown \
        one 404. A request that is wrong in itself is refused before there is an operation: \
        400, 408, 413, 414, 417, 431, 501, 505, and 503 or 504 from a server that is too busy, all in \
        the shape of V1's errors.

        ## Limits

        Where limits count, answers have `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`; \
        429 and 503 say in `Retry-After` when to come again. A body may have 1 MiB unless the server is \
        set up otherwise.
        """
}
