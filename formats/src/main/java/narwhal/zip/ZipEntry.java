package narwhal.zip;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;

/// A file in an archive.
///
/// @param name with `/` between its parts
/// @param stored its bytes in the archive
/// @param deflated whether they are compressed
/// @param length of the file itself
/// @param crc32 of the file itself
public record ZipEntry(String name, Bytes stored, boolean deflated, long length, long crc32) {
    private static final int PIECE = 1 << 16;

    /// Its bytes, with the checksum verified. A stored entry stays in the archive; a deflated one is inflated to exactly the
    /// length it declares.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if length or checksum do not fit
    public Bytes open() {
        var bytes = deflated ? inflate() : stored;
        var crc = new CRC32();
        var piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < length; at += PIECE) {
            bytes.read(at, piece.clear().limit((int) Math.min(PIECE, length - at)));
            crc.update(piece.flip());
        }
        if (crc.getValue() != crc32) throw damaged("its checksum does not match");
        return bytes;
    }

    private Bytes inflate() {
        var bytes = new byte[(int) length + 1]; // room for one byte that must not come
        int at = 0;
        try (var inflater = new Inflater(true)) {
            for (long from = 0; !inflater.finished();) {
                if (inflater.needsInput()) {
                    if (from == stored.length()) throw damaged("ends inside its compressed data");
                    int n = (int) Math.min(PIECE, stored.length() - from);
                    inflater.setInput(stored.read(from, n));
                    from += n;
                }
                at += inflater.inflate(bytes, at, bytes.length - at);
                if (at > length) throw damaged("inflates to more than the " + length + " bytes it declares");
                if (inflater.needsDictionary()) throw damaged("needs a dictionary");
            }
        } catch (DataFormatException e) {
            throw Problem.MODEL_DAMAGED.because(stored.place() + ": cannot be inflated: " + e.getMessage(), e);
        }
        if (at < length) throw damaged("inflates to " + at + " bytes, declares " + length);
        return Bytes.of(bytes, stored.place()).slice(0, length, stored.place());
    }

    private NarwhalException damaged(String what) {
        return Problem.MODEL_DAMAGED.because(stored.place() + ": " + what);
    }
}
