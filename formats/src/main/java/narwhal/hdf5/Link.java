package narwhal.hdf5;

/// A child of a group: its name and the address of its object header.
record Link(String name, long address) {}
