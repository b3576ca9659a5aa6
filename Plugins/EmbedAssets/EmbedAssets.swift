import Foundation
import PackagePlugin

/// Has `embed-assets` write every file under `Assets` into a Swift source of the target, anew when
/// one of them changed.
@main
struct EmbedAssets: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL.appending(path: "Assets")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedAssets+All.swift")
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        // Folders too: what was removed changes nothing else.
        let inputs = [root] + names.map { root.appending(path: $0) }
        return [
            .buildCommand(
                displayName: "Embedding \(names.count) assets",
                executable: try context.tool(named: "embed-assets").url,
                arguments: [root.path, output.path], inputFiles: inputs, outputFiles: [output])
        ]
    }
}
