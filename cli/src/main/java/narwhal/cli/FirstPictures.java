package narwhal.cli;

import java.util.List;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;

/// A set without its last pictures, as many as leave a single one in the last batch.
///
/// @param source the set
/// @param batch pictures in a batch
record FirstPictures(PictureSource source, int batch) implements PictureSource {
    @Override
    public int size() {
        return (source.size() - 1) / batch * batch + 1;
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
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
    public Picture picture(int index) {
        return source.picture(index);
    }

    @Override
    public String fingerprint() {
        return source.fingerprint() + " to " + size();
    }
}
