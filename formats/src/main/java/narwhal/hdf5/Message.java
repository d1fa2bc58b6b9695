package narwhal.hdf5;

/// One message of an object header.
///
/// @param kind its number in section IV.A.2
/// @param shared whether the body only says where the true one lies
record Message(int kind, boolean shared, Cursor body) {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0b;
    static final int ATTRIBUTE = 0x0c;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;
    /// The largest number a message has in HDF5 1.14.
    static final int LAST_KNOWN = 0x17;

    /// The body of a message that says itself what it means.
    Cursor own() {
        if (shared) throw body.unknown("a shared message");
        return body;
    }
}
