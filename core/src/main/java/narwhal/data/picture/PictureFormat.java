package narwhal.data.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import narwhal.errors.Problem;

/// The kinds of picture files that are read. What a file is, its first bytes say; its name is only compared.
@SuppressWarnings("ImmutableEnumChecker") // its lists are never changed
public enum PictureFormat {
    PNG(List.of("png"), "\u0089PNG\r\n\u001a\n"),
    JPEG(List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff"),
    GIF(List.of("gif"), "GIF87a", "GIF89a"),
    BMP(List.of("bmp"), "BM");

    private static final int LOOKED_AT = 512;

    private final List<String> extensions;
    private final List<byte[]> magics;

    PictureFormat(List<String> extensions, String... magics) {
        this.extensions = extensions;
        this.magics = Arrays.stream(magics).map(magic -> magic.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }

    /// The usual ends of file names, in lower case and without the dot.
    public List<String> extensions() {
        return extensions;
    }

    /// All extensions of all formats.
    public static List<String> allExtensions() {
        return Arrays.stream(values()).flatMap(format -> format.extensions.stream()).toList();
    }

    /// The format of a file by its first bytes.
    ///
    /// @throws narwhal.errors.NarwhalException `IMG_UNKNOWN_FORMAT`, `IMG_UNSUPPORTED`, or `IMG_TRUNCATED` if the file ends
    ///     within a known beginning
    static PictureFormat of(byte[] bytes) {
        if (bytes.length == 0) throw Problem.IMG_UNKNOWN_FORMAT.because("is empty");
        for (var format : values()) {
            for (byte[] magic : format.magics) {
                int compared = Math.min(magic.length, bytes.length);
                if (Arrays.equals(magic, 0, compared, bytes, 0, compared)) {
                    if (compared == magic.length) return format;
                    throw Problem.IMG_TRUNCATED.because("ends after " + bytes.length + " bytes, inside the header");
                }
            }
        }
        var start = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var unsupported = unsupported(start);
        if (!unsupported.isEmpty()) {
            throw Problem.IMG_UNSUPPORTED.because(unsupported + " is not supported");
        }
        throw Problem.IMG_UNKNOWN_FORMAT.because("is no picture but looks like " + guess(start, bytes));
    }

    /// The name of a picture format that is known and not read; empty otherwise.
    private static String unsupported(String start) {
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) return "WebP";
        if (start.startsWith("II*\0") || start.startsWith("MM\0*") || start.startsWith("II+\0")
                || start.startsWith("MM\0+"))
            return "TIFF";
        if (start.startsWith("ftyp", 4)) {
            var brand = start.substring(Math.min(8, start.length()), Math.min(12, start.length()));
            if (brand.startsWith("avi")) return "AVIF";
            if (List.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1").contains(brand)) return "HEIC";
        }
        if (start.length() > 2 && start.charAt(0) == 'P' && "1234567".indexOf(start.charAt(1)) >= 0
                && Character.isWhitespace(start.charAt(2)))
            return "PPM";
        if (start.startsWith("\0\0\u0001\0") || start.startsWith("\0\0\u0002\0")) return "ICO";
        if (start.startsWith("\0\0\0\fjP  ") || start.startsWith("\u00ffO\u00ffQ")) return "JPEG 2000";
        if (start.startsWith("\0\0\0\fJXL ") || start.startsWith("\u00ff\n")) return "JPEG XL";
        if (start.startsWith("8BPS")) return "PSD";
        var text = trimmedLower(start);
        if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) return "SVG";
        return "";
    }

    private static String trimmedLower(String start) {
        return start.replace("\u00ef\u00bb\u00bf", "").strip().toLowerCase(Locale.ROOT);
    }

    private static String guess(String start, byte[] bytes) {
        var text = trimmedLower(start);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) return "HTML";
        if (text.startsWith("<?xml")) return "XML";
        if (text.startsWith("{") || text.startsWith("[")) return "JSON";
        if (start.startsWith("\u0089HDF\r\n")) return "HDF5 (a Keras model?)";
        if (start.startsWith("PK\u0003\u0004")) return "a ZIP archive (a .keras model?)";
        if (start.startsWith("NARWHAL\u001a")) return "a Narwhal checkpoint";
        if (start.startsWith("%PDF")) return "PDF";
        if (start.startsWith("\u001f\u008b")) return "gzip";
        if (start.startsWith("version https://git-lfs")) return "a Git LFS pointer";
        if (start.chars().allMatch(c -> c == 0)) return "zeros";
        if (start.chars().allMatch(c -> c >= 0x20 || Character.isWhitespace(c))) {
            return "text (\"" + start.substring(0, Math.min(24, start.length())).strip() + "\")";
        }
        var hex = new StringBuilder("bytes");
        for (int i = 0; i < Math.min(8, bytes.length); i++) hex.append(String.format(Locale.ROOT, " %02x", bytes[i]));
        return hex.toString();
    }
}
