package narwhal.data;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Shape;
import narwhal.models.Recipe;

/// A source of pictures, prepared for the network.
final class PictureDataset implements Dataset {
    private final PictureSource source;
    private final Preparation preparation;
    private final SampleCache cache;

    PictureDataset(PictureSource source, Preparation preparation, SampleCache cache) {
        this.source = source;
        this.preparation = preparation;
        this.cache = cache;
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
        byte[] samples = cache.get(index);
        if (samples == null) {
            samples = preparation.samples(source.picture(index));
            cache.put(index, samples);
        }
        return samples;
    }

    @Override
    public Optional<Recipe> recipe() {
        return preparation.recipe(source.classNames());
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }
}
