import CLinux
import Glibc
import Identity
import Mail

/// The words of mails: the program's own, or an operator's where his folder has a file for them.
struct MailTemplates {
    let folder: DirectoryPath?

    func find(_ standard: MailTemplate) throws(StartFailure) -> MailTemplate {
        guard let folder else { return standard }
        guard access(folder.text, R_OK | X_OK) == 0 else {
            throw StartFailure(
                "mail.templates: \(folder.text) cannot be read: "
                    + "\(String(cString: strerror(linux_errno()))).")
        }
        let text = try read(folder.file(standard.name + ".txt"))
        let html = try read(folder.file(standard.name + ".html"))
        do throws(MailTemplate.Mistake) {
            return try standard.replaced(text: text, html: html)
        } catch {
            throw StartFailure("mail.templates: \(error)")
        }
    }

    /// Nil where there is no such file.
    private func read(_ path: String) throws(StartFailure) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        do throws(FileError) {
            let bytes = try SettingsFile.read(path)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw FileError("is not UTF-8")
            }
            return text
        } catch {
            throw StartFailure("mail.templates: \(path) \(error.reason).")
        }
    }
}

extension UserMailTemplates {
    /// Each in the operator's words where he has some.
    init(_ templates: MailTemplates) throws(StartFailure) {
        self.init()
        for mail in Self.all { self[keyPath: mail] = try templates.find(self[keyPath: mail]) }
    }
}
