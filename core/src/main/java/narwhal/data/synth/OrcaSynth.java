package narwhal.data.synth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;
import narwhal.engine.Randomness;

/// Spectrogram-like pictures in two classes, drawn from a seed: `neg` is the sea with its boats and clicks, `pos` the same
/// with the call of an orca. Loudness, tilt, boats and clicks differ from recording to recording, the call's place and shape
/// from clip to clip, so that no single pixel tells the classes apart.
///
/// A picture is a pure function of (seed, recording, clip), with the same bits on every machine. Clips of one recording stay
/// together: 70 : 25 : 5 of the recordings are for training, validation and test.
///
/// @param seed of everything
public record OrcaSynth(long seed) {
    /// Rows of a picture, low frequencies at the bottom.
    public static final int HEIGHT = 64;
    /// Columns of a picture.
    public static final int WIDTH = 96;
    /// Recordings in the set.
    public static final int RECORDINGS = 120;
    /// Clips of each recording, half of them with a call.
    public static final int CLIPS = 24;

    private static final List<String> CLASSES = List.of("neg", "pos");

    /// A part of the set.
    public enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        /// The folder it is written to.
        public String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The set that comes with Narwhal.
    public static OrcaSynth standard() {
        return new OrcaSynth(1861);
    }

    /// One picture.
    ///
    /// @param recording from 0 to 119
    /// @param clip from 0 to 23
    public Picture picture(int recording, int clip) {
        var randomness = new Randomness(seed);
        return Recording.draw(Draw.ofRecording(randomness, recording), HEIGHT)
                .clip(Draw.ofClip(randomness, recording, clip), hasCall(recording, clip), HEIGHT, WIDTH);
    }

    /// Whether a clip holds a call.
    public boolean hasCall(int recording, int clip) {
        return new Randomness(seed).permutation(recording + 1L, CLIPS)[clip] < CLIPS / 2;
    }

    /// The part that a recording belongs to.
    public Part partOf(int recording) {
        int place = new Randomness(seed).permutation(0, RECORDINGS)[recording];
        if (place < RECORDINGS * 70 / 100) return Part.TRAIN;
        return place < RECORDINGS * 95 / 100 ? Part.VALIDATION : Part.TEST;
    }

    /// All parts by the names of their folders.
    public Map<String, PictureSource> parts() {
        var parts = new LinkedHashMap<String, PictureSource>();
        for (var part : Part.values()) parts.put(part.folder(), part(part));
        return Collections.unmodifiableMap(parts);
    }

    /// The pictures of a part, in the order of the files that [PictureFolders] writes: `neg` first, then by name.
    public PictureSource part(Part part) {
        var clips = new ArrayList<Clip>();
        for (int recording = 0; recording < RECORDINGS; recording++) {
            if (partOf(recording) != part) continue;
            for (int clip = 0; clip < CLIPS; clip++)
                clips.add(new Clip(recording, clip, hasCall(recording, clip) ? 1 : 0));
        }
        clips.sort(Comparator.comparingInt(Clip::kind));
        return new Source(this, part, List.copyOf(clips));
    }

    private record Clip(int recording, int number, int kind) {}

    private record Source(OrcaSynth set, Part part, List<Clip> clips) implements PictureSource {
        @Override
        public int size() {
            return clips.size();
        }

        @Override
        public List<String> classNames() {
            return CLASSES;
        }

        @Override
        public int classOf(int index) {
            return clips.get(index).kind;
        }

        @Override
        public String nameOf(int index) {
            var clip = clips.get(index);
            return String.format(Locale.ROOT, "%s/rec%03d-%03d.png", CLASSES.get(clip.kind), clip.recording,
                    clip.number);
        }

        @Override
        public Picture picture(int index) {
            return set.picture(clips.get(index).recording, clips.get(index).number);
        }

        @Override
        public String fingerprint() {
            return "orca-synth 1, seed " + set.seed + ", " + part.folder();
        }
    }
}
