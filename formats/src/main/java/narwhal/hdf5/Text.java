package narwhal.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Bytes of a file as text. Both of HDF5's character sets are read as UTF-8: h5py writes UTF-8 into texts marked ASCII.
final class Text {
    private Text() {
    }

    static String of(byte[] bytes, Cursor place) {
        return of(bytes, bytes.length, place);
    }

    private static String of(byte[] bytes, int length, Cursor place) {
        if (isAscii(bytes, length)) return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw place.damaged("a text that is not UTF-8");
        }
    }

    private static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) if (bytes[i] < 0) return false;
        return true;
    }

    /// Text up to the first zero byte, or all of it.
    static String zeroTerminated(byte[] bytes, Cursor place) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) length++;
        return of(bytes, length, place);
    }

    /// Text without what was padded behind it.
    static String padded(byte[] bytes, byte padding, Cursor place) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == padding) length--;
        return of(bytes, length, place);
    }
}
