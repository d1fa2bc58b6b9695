package narwhal.disk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The fixed parts of the checkpoint file, little-endian:
///
/// ```
///  8 magic    4 version    4 header length H    4 CRC32C of the header
///  H header, UTF-8 JSON { kind, build, sections: [ { name, dtype, shape, length, crc32c } ], state }
///  … sections, back to back in header order
///  8 length of the whole file    32 SHA-256 of everything before it    8 end magic
/// ```
///
/// Magic, version and the last line stay the same in every later version.
final class ContainerFormat {
    static final byte[] MAGIC = "NARWHAL\u001a".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END_MAGIC = "\u001aNARWEND".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int PRELUDE = 8 + 4 + 4 + 4;
    static final int DIGEST = 32;
    static final int FOOTER = 8 + DIGEST + 8;
    static final int LONGEST_HEADER = 16 << 20;
    static final int MOST_SECTIONS = 20_000;

    private ContainerFormat() {
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
