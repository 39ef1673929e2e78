import CLinux

/// Memory of this process in the hands of others.
public enum CoreDump {
    /// No core dump is written of this process, and no other of its user may look into its memory (prctl(2), PR_SET_DUMPABLE): it holds keys.
    /// Programs that it starts aren't bound by it.
    public static func refuse() {
        // Fails for a value other than 0 and 1 only.
        _ = ecocd_set_dumpable(0)
    }

    public static var isRefused: Bool { ecocd_dumpable() == 0 }
}
