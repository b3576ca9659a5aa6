import Coding
import HTTP
import Secrets

// Who is sent to a provider takes a cookie along, so that nobody else can come back in his place.

extension CompatCookies {
    /// In seconds. Less than a state is good for: so it is there.
    private static let stateLifetime = 300

    /// Binds a state to the browser.
    package func bind(_ state: String) -> SetCookie {
        signed("state", state, maxAge: Self.stateLifetime)
    }

    /// The state that the browser is bound to.
    package func boundState(of request: Request) -> String? {
        request.withCookie(Self.name("state", isSecure: isSecure)) { sent in
            PercentEncoding.withDecoded(sent) { SignedValue.verify($0, with: secrets) }
        }
    }

    package var clearedState: SetCookie { cookie("state", "", maxAge: 0) }
}
