package narwhal.training;

import java.util.List;
import narwhal.data.Dataset;
import narwhal.engine.Shape;

/// Notes which pictures were asked for, in order.
record RecordingDataset(Dataset dataset, List<Integer> seen) implements Dataset {
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
        seen.add(index);
        dataset.render(index, epoch, target, offset);
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }
}
