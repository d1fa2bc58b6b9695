package narwhal.data.picture;

/// The LZW codes of a GIF frame, followed for nothing but the number of pixels they make: the JDK's reader takes a frame
/// whose codes end too early, or mean nothing, as black pixels.
final class GifCodes {
    private static final int LONGEST = 12;

    private final byte[] bytes;
    private int at;
    private int inBlock;
    private int pending;
    private int bits;

    private GifCodes(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    /// Whether the codes make at least so many pixels.
    ///
    /// @param start of the data blocks, which were walked to their end before
    static boolean fill(byte[] bytes, int start, int codeSize, long pixels) {
        return new GifCodes(bytes, start).pixels(codeSize, pixels) >= pixels;
    }

    private long pixels(int codeSize, long enough) {
        int clear = 1 << codeSize;
        int[] lengths = new int[1 << LONGEST]; // pixels that each code stands for
        for (int i = 0; i < clear; i++) lengths[i] = 1;
        int next = clear + 2;
        int size = codeSize + 1;
        int previous = 0; // length of the last string; 0 behind a clear code
        long count = 0;
        while (count < enough) {
            int code = code(size);
            if (code < 0 || code == clear + 1) break;
            if (code == clear) {
                next = clear + 2;
                size = codeSize + 1;
                previous = 0;
                continue;
            }
            if (code > next || (code >= clear && previous == 0) || (code == next && next >= 1 << LONGEST)) break;
            int length = code == next ? previous + 1 : lengths[code];
            if (previous > 0 && next < 1 << LONGEST) {
                lengths[next++] = previous + 1;
                if (next == 1 << size && size < LONGEST) size++;
            }
            count += length;
            previous = length;
        }
        return count;
    }

    /// The next code; −1 behind the last.
    private int code(int size) {
        while (bits < size) {
            if (inBlock == 0) {
                inBlock = bytes[at++] & 0xff;
                if (inBlock == 0) return -1;
            }
            pending |= (bytes[at++] & 0xff) << bits;
            bits += 8;
            inBlock--;
        }
        int code = pending & ((1 << size) - 1);
        pending >>>= size;
        bits -= size;
        return code;
    }
}
