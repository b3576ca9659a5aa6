import Coding
import Secrets
import Values

/// Reads seeds from JSON5 and lists every mistake of every file, each with its path.
package struct SeedReader {
    /// What the program has against a value: the end of a sentence, or nil.
    package struct Checks: Sendable {
        package typealias Check = @Sendable (String) -> String?

        let userName: Check
        let password: Check
        let organizationName: Check
        let slug: Check

        package init(
            userName: @escaping Check, password: @escaping Check,
            organizationName: @escaping Check, slug: @escaping Check
        ) {
            (self.userName, self.password) = (userName, password)
            (self.organizationName, self.slug) = (organizationName, slug)
        }
    }

    private let catalog: ResourceCatalog
    private let checks: Checks
    private var seeds = Seeds()
    private var rows: [SeedRowDraft] = []
    private var mistakes: [DeclarationMistake] = []

    private init(_ catalog: ResourceCatalog, _ checks: Checks) {
        self.catalog = catalog
        self.checks = checks
    }

    /// `place` is what the names of the files stand behind.
    package static func read(
        _ files: [DeclarationFile], in place: String, of catalog: ResourceCatalog, _ checks: Checks
    ) throws(DeclarationMistakes) -> Seeds {
        var reader = SeedReader(catalog, checks)
        for file in files { reader.read(file, place + "/" + file.name) }
        reader.checkOwners()
        var rows = SeedRowReader(catalog)
        rows.read(reader.rows)
        reader.seeds.rows = rows.rows
        let mistakes = reader.mistakes + rows.mistakes
        guard mistakes.isEmpty else { throw DeclarationMistakes(list: mistakes) }
        return reader.seeds
    }

    // MARK: Files

    private mutating func read(_ file: DeclarationFile, _ name: String) {
        var notes = DraftNotes(file: name, path: "")
        defer { mistakes += notes.mistakes }
        do {
            let json = try JSON5.parse(file.bytes)
            let draft: SeedFileDraft? = notes.read(json, at: "", SeedFileDraft.CodingKeys.names)
            guard let draft else { return }
            for user in notes.members(draft.users, at: "users") { readUser(user, &notes) }
            for member in notes.members(draft.organizations, at: "organizations") {
                readOrganization(member, &notes)
            }
            readRows(draft.rows, at: "rows", of: .nobody, &notes)
        } catch {
            notes.report("", error.description)
        }
    }

    private mutating func readUser(_ member: JSONObject.Member, _ notes: inout DraftNotes) {
        let place = "users.\(member.name)"
        let draft: SeedUserDraft? = notes.read(
            member.value, at: place, SeedUserDraft.CodingKeys.names)
        guard let email = try? EmailAddress(member.name) else {
            return notes.report(place, "is no e-mail address")
        }
        guard let draft else { return }
        if seeds.users.contains(where: { $0.email == email }) {
            notes.report(place, "is there twice")
        }
        note(draft.name.flatMap(checks.userName), place + ".name", &notes)
        note(draft.password.flatMap(checks.password), place + ".password", &notes)
        let password = draft.password.map { Secret($0) }
        seeds.users.append(SeedUser(email: email, name: draft.name, password: password))
        readRows(draft.rows, at: place + ".rows", of: .user(email), &notes)
    }

    private mutating func readOrganization(
        _ member: JSONObject.Member, _ notes: inout DraftNotes
    ) {
        let place = "organizations.\(member.name)"
        let draft: SeedOrganizationDraft? = notes.read(
            member.value, at: place, SeedOrganizationDraft.CodingKeys.names)
        note(checks.slug(member.name), place, &notes)
        guard let draft else { return }
        note(checks.organizationName(draft.name), place + ".name", &notes)
        if seeds.organizations.contains(where: { $0.slug == member.name }) {
            notes.report(place, "is there twice")
        }
        seeds.organizations.append(
            SeedOrganization(slug: member.name, name: draft.name, owner: draft.owner))
        readRows(draft.rows, at: place + ".rows", of: .organization(slug: member.name), &notes)
    }

    private func note(_ problem: String?, _ place: String, _ notes: inout DraftNotes) {
        if let problem { notes.report(place, problem) }
    }

    private mutating func readRows(
        _ json: JSON?, at place: String, of owner: SeedRow.Owner, _ notes: inout DraftNotes
    ) {
        for resource in notes.members(json, at: place) {
            let place = "\(place).\(resource.name)"
            if catalog[resource.name] == nil {
                let names = catalog.resources.map(\.name)
                notes.report(
                    place, "is no resource" + Suggestion.text(for: resource.name, among: names))
                continue
            }
            for row in notes.members(resource.value, at: place) {
                rows.append(
                    SeedRowDraft(
                        resource: resource.name, key: row.name, owner: owner, json: row.value,
                        file: notes.file, place: "\(place).\(row.name)"))
            }
        }
    }

    /// An organization's owner is somebody whom the seeds make: they are complete by themselves.
    private mutating func checkOwners() {
        for organization in seeds.organizations
        where !seeds.users.contains(where: { $0.email == organization.owner }) {
            mistakes.append(
                DeclarationMistake(
                    path: "organizations.\(organization.slug).owner", "is none of the users"))
        }
    }
}
