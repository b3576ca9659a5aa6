import Coding
import Values

/// Members of a body that are known at run time only: what settings add to users and sessions, and
/// the fields of declared resources.
package struct DeclaredMembers<Value: Sendable>: Sendable {
    /// What is read of a member: the value to take, nil to pass it over. Called with nil for one that
    /// is absent. `isLoose` says that a number or a truth value may be written as text. May throw
    /// `Invalid`, or a `Failure` of the operation.
    package typealias Check =
        @Sendable (_ value: JSON?, _ isLoose: Bool) throws -> Value?

    /// One member.
    package struct Member: Sendable {
        let name: String
        let schema: Schema
        let example: JSON
        let isRequired: Bool
        /// One that is only looked at to refuse it: the document does not have it.
        let isRefused: Bool
        let check: Check

        package init(
            _ name: String, _ schema: Schema, example: JSON, isRequired: Bool = false,
            isRefused: Bool = false, check: @escaping Check
        ) {
            (self.name, self.schema, self.example) = (name, schema, example)
            (self.isRequired, self.isRefused, self.check) = (isRequired, isRefused, check)
        }
    }

    /// What was found, and all that is wrong with it, in the order of the members.
    package struct Found: Sendable {
        package var values: [(name: String, value: Value)] = []
        package var problems: [FieldError] = []
        package var refusal: Failure?
    }

    let members: [Member]

    package init(_ members: [Member]) {
        self.members = members
    }

    /// Reads the members of an object that stands at `path`, `fields.` with its dot.
    package func read(
        _ source: JSONObject, isLoose: Bool = false, at path: String = ""
    ) throws -> Found {
        var found = Found()
        for member in members {
            do {
                if let value = try member.check(source[member.name], isLoose) {
                    found.values.append((member.name, value))
                }
            } catch let problem as Invalid {
                found.problems.append(FieldError(path: path + member.name, problem: problem))
            } catch let failure as Failure {
                found.refusal = found.refusal ?? failure
            }
        }
        return found
    }

    /// Members that are not among these: names that were spelt wrongly. As many as are worth
    /// listing, and of each as much as tells which it is.
    package func unknown(in source: JSONObject, at path: String = "") -> [FieldError] {
        let known = Set(members.map(\.name))
        return source.members.lazy.map(\.name).filter { !known.contains($0) }
            .prefix(Self.unknownMax).map {
                FieldError(path: path + $0.prefix(Self.nameMax), problem: .unknown)
            }
    }

    private static var unknownMax: Int { 100 }
    private static var nameMax: Int { 100 }

    /// The shape of an object of them.
    package var shape: SchemaExample {
        let members = members.filter { !$0.isRefused }
        return SchemaExample(
            schema: Schema(
                .object(
                    properties: members.map {
                        Schema.Property($0.name, $0.schema, isExact: true)
                    },
                    required: members.filter(\.isRequired).map(\.name))),
            example: .object(JSONObject(members.map { ($0.name, $0.example) })))
    }
}
