import API
import Coding
import HTTP
import Values

/// The entity tag of an icon: its version.
enum IconTag {
    static func of(_ icon: Icon) -> ETag { ETag("\(icon.version)") }
}

extension Icon {
    /// An icon that is read.
    func read(by request: Request) -> TaggedRead<Icons.IconBody> {
        TaggedRead(Icons.IconBody(self), IconTag.of(self), to: request)
    }

    var tagged: Tagged<Icons.IconBody> { Tagged(Icons.IconBody(self), IconTag.of(self)) }

    /// An icon that was changed.
    var changed: TaggedChange<Icons.IconBody> {
        TaggedChange(Icons.IconBody(self), IconTag.of(self))
    }
}
