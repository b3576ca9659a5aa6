// A step of the build: writes the files of a folder into a Swift source (docs/decisions/0005).
//
//     embed-assets FOLDER OUTPUT

import Foundation

let words = CommandLine.arguments
guard words.count == 3 else {
    FileHandle.standardError.write(Data("usage: embed-assets FOLDER OUTPUT\n".utf8))
    exit(2)
}
do {
    let source = try AssetFolder(words[1]).swiftSource
    try source.write(toFile: words[2], atomically: true, encoding: .utf8)
} catch {
    FileHandle.standardError.write(Data("embed-assets: \(error)\n".utf8))
    exit(1)
}
