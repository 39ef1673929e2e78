import Glibc

/// The machine that this process runs on.
public enum Machine {
    /// Its name in its network, as `uname -n` shows it. Nothing is looked up.
    public static var name: String {
        var names = utsname()
        // With a valid pointer, uname can't fail.
        uname(&names)
        return withUnsafeBytes(of: names.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
