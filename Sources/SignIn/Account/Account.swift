import API
import Identity
import Surfaces

/// What a signed-in user does with himself: change his name and picture, see how he can sign in,
/// delete himself.
package struct Account: Sendable {
    let mails: UserMails

    var identity: Identity { mails.identity }

    package init(_ mails: UserMails) {
        self.mails = mails
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            "account", statements: OwnAccount.statements,
            parts: [v1(surfaces.v1), tokens(surfaces.tokens), compat(surfaces.compat)])
    }

    /// With the fields that settings add to users.
    var fieldOptions: RouteOptions {
        var options = RouteOptions()
        options.extras = identity.userFields.nested(.update)
        return options
    }

    static let aboutUpdating =
        "What is left out stays as it is. All sessions show the change at once."
}
