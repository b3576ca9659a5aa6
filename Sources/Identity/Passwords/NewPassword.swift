import Secrets
import Values

/// A password that a user chooses and the policy allows. Never used at sign-in: rules that came later
/// lock nobody out (C11).
package struct NewPassword: Sendable {
    package let secret: Secret<String>

    package init(_ secret: Secret<String>, _ policy: PasswordPolicy) throws(Invalid) {
        if let problem = policy.problems(of: secret).first { throw problem }
        self.secret = secret
    }
}
