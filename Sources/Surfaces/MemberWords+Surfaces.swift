import Coding

/// Words for members that several surfaces have.
extension MemberWords {
    package static let personName = MemberWords("What the user is called.", example: "Ada Lovelace")
    package static let image = MemberWords(
        "The address of a picture.", example: "https://example.com/ada.png")
    package static let emailVerified = MemberWords(
        "Whether the user has shown that mail to the address reaches him.", example: false)
    package static let accessToken = MemberWords(
        "A JSON Web Token (RFC 7519) with `sub`, `userId`, `sid` and `exp`.",
        example: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk5In0.c2lnbmF0dXJl")
    package static let refreshToken = MemberWords(
        "Exchanged once for a new pair of tokens.",
        example: "rt_3q2-7wAAq83vASNFZ4mrze8BI0VniavN7wEjRWeJq80")
    package static let expiresIn = MemberWords(
        "Seconds that the access token lives.", example: 900)
    package static let sessionToken = MemberWords(
        "The token of the session; also good as `Authorization: Bearer` on the other surfaces.",
        example: "hT0nKcVbq3Zr5sYw8uXe1fGj6mPa9dLi")
}
