package narwhal.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import narwhal.engine.Shape;
import narwhal.models.Recipe;

/// A source of pictures, prepared for the network. Resized samples are kept once made, as many as the budget allows: always
/// the first ones of the set, so that every pass saves the same.
final class PictureDataset implements Dataset {
    private final PictureSource source;
    private final Preparation preparation;
    private final AtomicReferenceArray<byte[]> kept;

    PictureDataset(PictureSource source, Preparation preparation) {
        this.source = source;
        this.preparation = preparation;
        this.kept = new AtomicReferenceArray<>(keeps(source.size(), preparation));
    }

    /// How many of so many pictures the budget holds.
    static int keeps(int pictures, Preparation preparation) {
        return (int) Math.min(pictures, preparation.cacheBytes() / preparation.size());
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
    }

    @Override
    public Shape shape() {
        return Shape.of(preparation.height(), preparation.width(), preparation.channels());
    }

    @Override
    public int classOf(int index) {
        return source.classOf(index);
    }

    @Override
    public String nameOf(int index) {
        return source.nameOf(index);
    }

    @Override
    public void render(int index, int epoch, float[] target, int offset) {
        preparation.render(samples(index), epoch, index, target, offset);
    }

    /// Two threads may make the same samples at once; they are equal.
    private byte[] samples(int index) {
        if (index >= kept.length()) return made(index);
        byte[] samples = kept.get(index);
        if (samples == null) {
            samples = made(index);
            kept.set(index, samples);
        }
        return samples;
    }

    private byte[] made(int index) {
        return preparation.resized(source.picture(index)).samples();
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(preparation.recipe(source.classNames()));
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }
}
