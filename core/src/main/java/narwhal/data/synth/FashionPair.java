package narwhal.data.synth;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;

/// Real pictures that come with Narwhal: coats and pullovers of Fashion-MNIST, 28×28 pixels in grey, of each 1,500 for
/// training and 250 for validation. Alike enough that a linear model errs often, small enough to be learned in seconds.
///
/// Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST", arXiv 1708.07747; MIT licence, see NOTICE. `fashion_pair.py` in
/// `core/src/main/scripts` made the resource.
public final class FashionPair {
    /// Rows and columns of a picture.
    public static final int SIDE = 28;

    private static final int TRAIN = 1_500;
    private static final int VALIDATION = 250;
    private static final List<String> CLASSES = List.of("coat", "pullover");

    private FashionPair() {
    }

    /// `train` and `validation`.
    public static Map<String, PictureSource> parts() {
        var samples = samples();
        var parts = new LinkedHashMap<String, PictureSource>();
        parts.put("train", new Source("train", samples, 0, TRAIN));
        parts.put("validation", new Source("validation", samples, CLASSES.size() * TRAIN, VALIDATION));
        return Collections.unmodifiableMap(parts);
    }

    private static byte[] samples() {
        try (InputStream resource = FashionPair.class.getResourceAsStream("fashion-pair.gz")) {
            if (resource == null) throw new IllegalStateException("fashion-pair.gz is not on the module path");
            return new GZIPInputStream(resource).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("fashion-pair.gz cannot be read", e);
        }
    }

    /// @param first number of the first picture in the resource
    /// @param perClass pictures of each class
    private record Source(String part, Samples all, int first, int perClass) implements PictureSource {
        Source(String part, byte[] samples, int first, int perClass) {
            this(part, new Samples(samples), first, perClass);
        }

        @Override
        public int size() {
            return CLASSES.size() * perClass;
        }

        @Override
        public List<String> classNames() {
            return CLASSES;
        }

        @Override
        public int classOf(int index) {
            return index / perClass;
        }

        /// Such as `coat/train-0012.png`: counted within its class.
        @Override
        public String nameOf(int index) {
            return String.format(Locale.ROOT, "%s/%s-%04d.png", CLASSES.get(classOf(index)), part, index % perClass);
        }

        @Override
        public Picture picture(int index) {
            int size = SIDE * SIDE;
            return Picture.of(SIDE, SIDE, 1, all.part((first + index) * size, size));
        }

        @Override
        public String fingerprint() {
            return "fashion-pair 1, " + part;
        }
    }

    /// The resource, unpacked.
    private static final class Samples {
        private final byte[] all;

        Samples(byte[] all) {
            this.all = all;
        }

        byte[] part(int from, int length) {
            return Arrays.copyOfRange(all, from, from + length);
        }
    }
}
