package narwhal.history.readers;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns bytes into text: UTF-16 where a byte-order mark or the pattern of zero bytes says so, UTF-8 where it is valid up to a
/// character cut at the end, otherwise one character for each byte. Never fails.
final class Decoding {
    private Decoding() {
    }

    static String text(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) return utf8OrBytes(bytes, 3);
        if (startsWith(bytes, 0xFF, 0xFE)) return decode(bytes, 2, StandardCharsets.UTF_16LE);
        if (startsWith(bytes, 0xFE, 0xFF)) return decode(bytes, 2, StandardCharsets.UTF_16BE);
        if (zerosAt(bytes, 1)) return decode(bytes, 0, StandardCharsets.UTF_16LE);
        if (zerosAt(bytes, 0)) return decode(bytes, 0, StandardCharsets.UTF_16BE);
        return utf8OrBytes(bytes, 0);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) return false;
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) return false;
        }
        return true;
    }

    /// UTF-16 without a mark: nearly all of one half of the first bytes are zero and hardly any of the other half.
    private static boolean zerosAt(byte[] bytes, int parity) {
        int pairs = Math.min(bytes.length, 400) / 2;
        if (pairs < 4) return false;
        int zeros = 0;
        int others = 0;
        for (int i = 0; i < pairs; i++) {
            if (bytes[2 * i + parity] == 0) zeros++;
            if (bytes[2 * i + 1 - parity] == 0) others++;
        }
        return zeros > pairs * 3 / 4 && others < pairs / 8;
    }

    private static String utf8OrBytes(byte[] bytes, int from) {
        int end = wholeCharacters(bytes);
        var strict = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            CharBuffer chars = strict.decode(ByteBuffer.wrap(bytes, from, Math.max(0, end - from)));
            return chars.toString();
        } catch (CharacterCodingException e) {
            return mostlyUtf8(bytes)
                    ? decode(bytes, from, StandardCharsets.UTF_8)
                    : decode(bytes, from, StandardCharsets.ISO_8859_1);
        }
    }

    /// A few damaged bytes between valid characters of several bytes do not make a file Latin-1.
    private static boolean mostlyUtf8(byte[] bytes) {
        long good = 0;
        long bad = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            if (b < 0x80) continue;
            int more = b >= 0xF0 && b < 0xF8 ? 3 : b >= 0xE0 && b < 0xF0 ? 2 : b >= 0xC2 && b < 0xE0 ? 1 : -1;
            int j = i + 1;
            while (j < bytes.length && j <= i + more && (bytes[j] & 0xC0) == 0x80) j++;
            if (more > 0 && j == i + more + 1) {
                good++;
                i = j - 1;
            } else {
                bad++;
            }
        }
        return good > 4 * bad;
    }

    /// The length without a character that is cut off at the end.
    private static int wholeCharacters(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int b = bytes[bytes.length - back] & 0xFF;
            if (b < 0x80) return bytes.length;
            if (b >= 0xC0) {
                int size = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return size > back ? bytes.length - back : bytes.length;
            }
        }
        return bytes.length;
    }

    private static String decode(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }
}
