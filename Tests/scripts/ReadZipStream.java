import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads ZIP files as Java programs read them from a connection, and prints for each file in them its ZIP file, name and SHA-256. */
public class ReadZipStream {
    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            try (InputStream file = Files.newInputStream(Path.of(path)); ZipInputStream zip = new ZipInputStream(file)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(zip.readAllBytes());
                    System.out.println(path + "\t" + entry.getName() + "\t" + HexFormat.of().formatHex(digest));
                }
            }
        }
    }
}
