import HTTP
import Identity
import Secrets
import Values

/// The secret that ties a sign-in to the browser that began it: whoever is sent an address of the
/// callback by somebody else does not have it, and so cannot be signed into that one's account.
///
/// It is one cookie for all sign-ins that a browser has begun, so that two tabs do no harm to each
/// other.
struct SignInCookie: Sendable {
    let isSecure: Bool

    /// With its prefix, no sibling domain can set it.
    var name: String { (isSecure ? "__Host-" : "") + "atrium.sign_in" }

    /// Nil for text that was not made here.
    func secret(of request: Request) -> Secret<String>? {
        guard let text = request.cookie(name), text.utf8.count == SignInStates.secretLength else {
            return nil
        }
        return Secret(text)
    }

    /// Nil where the secret came from a browser and is no value of a cookie.
    func set(_ secret: Secret<String>) -> SetCookie? {
        var cookie = SetCookie(name, secret.exposed)
        cookie?.maxAge = Int(SignInStates.lifetime.wholeSeconds)
        cookie?.isSecure = isSecure
        return cookie
    }
}
