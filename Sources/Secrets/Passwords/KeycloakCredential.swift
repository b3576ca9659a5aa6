import Coding
import Values

/// A password as Keycloak exports it: the two columns `credential_data` and `secret_data`, which are
/// JSON, in one object under the names of a realm's export, `credentialData` and `secretData`, each
/// as text or as an object.
///
/// Kept here in the form of its algorithm: PBKDF2 as `$pbkdf2-sha256$…`, argon2 as `$argon2id$…`.
package enum KeycloakCredential {
    /// Nil when it is none, or of an algorithm that is not known here.
    package static func hash(of text: String) -> String? {
        guard text.utf8.count <= 4096, let json = try? JSON(parsing: Array(text.utf8)),
            let credential = member(json, "credentialData"),
            let secret = member(json, "secretData"),
            let algorithm = credential["algorithm"]?.asString,
            let rounds = credential["hashIterations"]?.asInteger,
            let salt = secret["salt"]?.asString, let value = secret["value"]?.asString
        else { return nil }
        let hash =
            algorithm == "argon2"
            ? argon2(credential, passes: rounds, salt, value)
            : "$\(algorithm)$\(rounds)$\(salt)$\(value)"
        return hash.flatMap { PasswordFormat(of: $0) == nil ? nil : $0 }
    }

    private static func member(_ json: JSON, _ name: String) -> JSON? {
        guard let text = json[name]?.asString else { return json[name] }
        return try? JSON(parsing: Array(text.utf8))
    }

    /// Its parameters are lists of one text each.
    private static func argon2(
        _ credential: JSON, passes: Int64, _ salt: String, _ value: String
    ) -> String? {
        func parameter(_ name: String) -> String? {
            credential["additionalParameters"]?[name]?[0]?.asString
        }
        guard let type = parameter("type"), let memory = parameter("memory"),
            let lanes = parameter("parallelism")
        else { return nil }
        let version = parameter("version") == "1.0" ? "16" : "19"
        let parts = [salt, value].map { $0.replacing("=", with: "") }
        return "$argon2\(type)$v=\(version)$m=\(memory),t=\(passes),p=\(lanes)"
            + "$\(parts[0])$\(parts[1])"
    }
}
