package narwhal.hdf5;

import java.util.List;

/// An object in an HDF5 file.
public sealed interface Node permits Group, DataSet {
    /// Where it is, such as `/model_weights/conv2d`.
    String path();

    /// Its attributes, in the file's order.
    List<Attribute> attributes();
}
