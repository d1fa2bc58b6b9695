package narwhal.data.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import narwhal.data.picture.Walk.Reading;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// The one way from a file to pixels, used by training, evaluation, prediction and whatever shows pictures. It opens only
/// regular files, believes first bytes and no names, walks the structure to its end before it decodes, looks at the
/// dimensions before it allocates, and takes any complaint of the JDK's decoder as an error. Pixels equal Pillow's, except
/// that 16-bit grey is scaled where Pillow clips it.
///
/// ```java
/// Picture picture = PictureDecoder.standard().decode(Path.of("call-7.png")).picture();
/// ```
///
/// @param maxPixels height × width that is still read; larger pictures are refused before they are decoded
public record PictureDecoder(long maxPixels) {
    /// 100 million pixels at most.
    public static PictureDecoder standard() {
        return new PictureDecoder(100_000_000);
    }

    /// Another limit on height × width.
    public PictureDecoder maxPixels(long maxPixels) {
        return new PictureDecoder(maxPixels);
    }

    public PictureDecoder {
        if (maxPixels < 1)
            throw new IllegalArgumentException("pictures have at least 1 pixel, the limit is " + maxPixels);
    }

    /// A decoded picture and what is worth knowing about its file.
    public record Decoded(Picture picture, Set<PictureNote> notes) {}

    /// What a file says about its picture before any pixel is decoded.
    ///
    /// @param height in pixels
    /// @param width in pixels
    public record Inspected(PictureFormat format, int height, int width, Set<PictureNote> notes) {}

    /// Reads and decodes a file.
    ///
    /// @throws NarwhalException `IMG_…`, with the path in front
    public Decoded decode(Path file) {
        return decode(PictureFile.read(file).bytes(), file.toString());
    }

    /// Decodes the bytes of a file.
    ///
    /// @param name of the file, for the error and to compare its extension
    /// @throws NarwhalException `IMG_…`, with the name in front
    public Decoded decode(byte[] bytes, String name) {
        try {
            var format = PictureFormat.of(bytes);
            var walk = walk(format, bytes);
            return new Decoded(decode(format, walk), notes(format, walk, name));
        } catch (NarwhalException e) {
            throw e.at(name);
        }
    }

    /// Walks the structure of a file to its end without decoding pixels.
    ///
    /// @throws NarwhalException `IMG_…`, with the name in front
    public Inspected inspect(byte[] bytes, String name) {
        try {
            var format = PictureFormat.of(bytes);
            var walk = walk(format, bytes);
            return new Inspected(format, walk.height(), walk.width(), notes(format, walk, name));
        } catch (NarwhalException e) {
            throw e.at(name);
        }
    }

    private Walk walk(PictureFormat format, byte[] bytes) {
        var limits = new Limits(maxPixels);
        return switch (format) {
            case PNG -> PngWalk.of(bytes, limits);
            case JPEG -> JpegWalk.of(bytes, limits);
            case GIF -> GifWalk.of(bytes, limits);
            case BMP -> BmpWalk.of(bytes, limits);
        };
    }

    private static Set<PictureNote> notes(PictureFormat format, Walk walk, String name) {
        var notes = EnumSet.noneOf(PictureNote.class);
        notes.addAll(walk.notes());
        var lower = name.toLowerCase(Locale.ROOT);
        if (format.extensions().stream().noneMatch(extension -> lower.endsWith("." + extension))) {
            notes.add(PictureNote.WRONG_EXTENSION);
        }
        return notes;
    }

    /// The one border to the JDK's readers.
    private static Picture decode(PictureFormat format, Walk walk) {
        var warnings = new ArrayList<String>();
        Picture picture;
        try {
            picture = read(format, walk, (reader, warning) -> warnings.add(warning));
        } catch (NarwhalException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Problem.IMG_CORRUPT.because("cannot be decoded: " + e.getMessage(), e);
        }
        if (!warnings.isEmpty()) throw Problem.IMG_CORRUPT.because("decoded with a warning: " + warnings.getFirst());
        return picture;
    }

    private static Picture read(PictureFormat format, Walk walk, IIOReadWarningListener listener) throws IOException {
        var reader = Readers.of(format).createReaderInstance();
        try (var input = new BytesInput(walk.essence())) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener(listener);
            return switch (walk.reading()) {
                case Reading.Plain() -> Raster8.picture(reader.read(0));
                case Reading.Within frame -> onScreen(Raster8.picture(reader.read(0)), walk, frame);
                case Reading.Components components -> JpegComponents.picture(reader.readRaster(0, null), components);
            };
        } finally {
            reader.dispose();
        }
    }

    private static Picture onScreen(Picture frame, Walk walk, Reading.Within place) {
        var screen = new byte[Math.multiplyExact(Math.multiplyExact(walk.height(), walk.width()), 3)];
        for (int i = 0; i < screen.length; i += 3) {
            screen[i] = (byte) place.red();
            screen[i + 1] = (byte) place.green();
            screen[i + 2] = (byte) place.blue();
        }
        byte[] samples = frame.rgb().array();
        int row = frame.width() * 3;
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(samples, y * row, screen, ((place.top() + y) * walk.width() + place.left()) * 3, row);
        }
        return Picture.of(walk.height(), walk.width(), 3, screen);
    }

    /// The JDK's own readers, whatever else lies on the class path.
    private static final class Readers {
        private static final List<ImageReaderSpi> ALL = all();

        private static List<ImageReaderSpi> all() {
            var found = new ArrayList<ImageReaderSpi>();
            Iterator<ImageReaderSpi> providers = IIORegistry.getDefaultInstance()
                    .getServiceProviders(ImageReaderSpi.class, true);
            providers.forEachRemaining(provider -> {
                if (provider.getClass().getName().startsWith("com.sun.imageio.plugins.")) found.add(provider);
            });
            return List.copyOf(found);
        }

        static ImageReaderSpi of(PictureFormat format) {
            return ALL.stream().filter(provider -> List.of(provider.getFormatNames()).contains(format.name()))
                    .findFirst().orElseThrow(() -> new IllegalStateException("this JDK reads no " + format));
        }
    }
}
