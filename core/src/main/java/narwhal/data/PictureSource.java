package narwhal.data;

import java.util.List;
import narwhal.data.picture.Picture;

/// A set of labelled pictures in their own sizes, before resizing and augmentation: the files of a folder, or pictures
/// that a program draws. `Preparation` turns it into a [Dataset].
///
/// An implementation guarantees that every answer depends on nothing but the number asked for, and that several threads
/// may ask at once.
public interface PictureSource {
    /// Number of pictures, at least 1.
    int size();

    /// Names of the classes, in the order of their numbers.
    List<String> classNames();

    /// Number of a picture's class, from 0.
    int classOf(int index);

    /// What to call a picture in a message and in a list of predictions, such as its path below the folder.
    String nameOf(int index);

    /// A picture in its own size and with its own channels.
    ///
    /// @param index from 0
    /// @throws narwhal.errors.NarwhalException `IMG_…` if it cannot be read any more
    Picture picture(int index);

    /// A digest of names, classes and content: two sets with the same one are the same for a resumed run.
    String fingerprint();
}
