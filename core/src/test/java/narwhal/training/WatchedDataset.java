package narwhal.training;

import java.util.List;
import java.util.function.IntConsumer;
import narwhal.data.Dataset;
import narwhal.engine.Shape;

/// Tells which picture is asked for, before it is made; to note it, or to refuse it.
record WatchedDataset(Dataset dataset, IntConsumer asked) implements Dataset {
    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public List<String> classNames() {
        return dataset.classNames();
    }

    @Override
    public Shape shape() {
        return dataset.shape();
    }

    @Override
    public int classOf(int index) {
        return dataset.classOf(index);
    }

    @Override
    public String nameOf(int index) {
        return dataset.nameOf(index);
    }

    @Override
    public void render(int index, int epoch, float[] target, int offset) {
        asked.accept(index);
        dataset.render(index, epoch, target, offset);
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }
}
