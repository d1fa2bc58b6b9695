/// HDF5 as Keras uses it: groups, attributes of text, arrays of numbers. [Hdf5Reader] turns bytes that nobody vouches for into
/// a tree of [Group] and [DataSet]; [Hdf5Writer] turns a tree into the bytes that h5py would write. Called by the Keras files.
///
/// Source: "HDF5 File Format Specification Version 3.0", The HDF Group; section numbers in the classes refer to it.
@NullMarked
package narwhal.hdf5;

import org.jspecify.annotations.NullMarked;
