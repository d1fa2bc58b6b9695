package narwhal.examples;

import java.util.List;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;

/// Some pictures of another source, as many from its beginning as from its end, where another class is.
record Few(PictureSource source, int size) implements PictureSource {
    private int index(int index) {
        return index < size / 2 ? index : source.size() - size + index;
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
    }

    @Override
    public int classOf(int index) {
        return source.classOf(index(index));
    }

    @Override
    public String nameOf(int index) {
        return source.nameOf(index(index));
    }

    @Override
    public Picture picture(int index) {
        return source.picture(index(index));
    }

    @Override
    public String fingerprint() {
        return size + " of " + source.fingerprint();
    }
}
