/// The routes of each path without parameters, found by the path's bytes as they were sent: no text is
/// made of a path that is looked up and then forgotten.
///
/// The paths are the program's own, so a plain hash (FNV-1a) is safe: no client chooses what is in
/// the table.
struct PathTable: Sendable {
    private struct Entry {
        let path: [UInt8]
        var routes: [MountedRoute]
    }

    private var buckets = [[Entry]](repeating: [], count: 512)

    mutating func insert(_ route: MountedRoute) {
        let path = [UInt8](route.path.utf8)
        let bucket = path.withUnsafeBufferPointer(bucket)
        if let index = buckets[bucket].firstIndex(where: { $0.path == path }) {
            buckets[bucket][index].routes.append(route)
        } else {
            buckets[bucket].append(Entry(path: path, routes: [route]))
        }
    }

    func routes(at path: UnsafeBufferPointer<UInt8>) -> [MountedRoute]? {
        for entry in buckets[bucket(of: path)] where entry.path.elementsEqual(path) {
            return entry.routes
        }
        return nil
    }

    private func bucket(of path: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32) & (buckets.count - 1)
    }
}
