extension ContainerDirectory {
    /// The container's files by name, inflated, each one's checksum compared.
    /// - Parameter bytes: the container whose directory this is.
    func files(in bytes: [UInt8]) throws(Refusal) -> [String: [UInt8]] {
        guard var inflater = Inflater() else { throw Refusal(reason: "couldn't be read for want of memory") }
        var files: [String: [UInt8]] = [:]
        for entry in entries {
            let data = bytes[entry.dataOffset..<entry.dataOffset + entry.compressedSize]
            let file: [UInt8]
            do throws(Inflater.Fault) {
                file = entry.method == 0 ? Array(data) : try inflater.inflate(data, size: entry.size)
            } catch { throw Refusal(reason: "has the file \(entry.name), which \(error.reason)") }
            guard ContainerLayout.checksum(file) == entry.crc else {
                throw Refusal(reason: "is damaged: the file \(entry.name) hasn't the checksum that the directory says")
            }
            files[entry.name] = file
        }
        return files
    }
}
