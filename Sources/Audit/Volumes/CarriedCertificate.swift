/// What a volume must be told of a certificate before it can be told more: the certificate stands in a closed volume.
extension CertificateState {
    /// The entry that takes the certificate over as it is.
    ///
    /// - Parameter volume: the origin of the volume that it stands in.
    func carried(from volume: String) -> Event {
        var fields: [String: Event.Scalar] = [
            "vin": .text(vin), "stage": .number(stage), "version": .number(version), "row": .number(row), "state": .text(state.rawValue),
            "volume": .text(volume), "content-sha256": .text(contentSHA256),
        ]
        fields["reference-id"] = referenceID.map { .text($0) }
        fields["reference-sha256"] = referenceSHA256.map { .text($0) }
        fields["xml-sha256"] = xmlSHA256.map { .text($0) }
        fields["bundle"] = bundle.map { .text($0) }
        fields["bundle-sha256"] = bundleSHA256.map { .text($0) }
        return Event(.carried, submission: submission, fields)
    }
}
