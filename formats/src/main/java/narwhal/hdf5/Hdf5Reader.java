package narwhal.hdf5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;

/// Reads the tree of an HDF5 file, whole, before anybody uses a part of it: every link, address and size in the file is
/// checked, also where Keras would not look. The numbers in data sets stay in the file.
///
/// Read are superblocks 0 to 3, groups of all styles, attributes of all styles, contiguous and compact data sets. Refused are
/// soft and external links, external and virtual data sets, and files spread over several: `MODEL_REFUSED_LINK`. Refused as
/// `MODEL_UNKNOWN_FORMAT` are filters and chunks, which Keras does not write.
public final class Hdf5Reader {
    private static final int COMPACT = 0;
    private static final int CONTIGUOUS = 1;
    private static final int CHUNKED = 2;
    private static final int VIRTUAL = 3;

    private final Structures structures;
    private final GlobalHeap heap;
    private final Superblock superblock;

    private Hdf5Reader(Bytes file, Limits limits) {
        structures = new Structures(file, limits);
        heap = new GlobalHeap(structures);
        superblock = Superblock.read(structures);
    }

    /// Whether bytes begin like an HDF5 file.
    public static boolean matches(Bytes file) {
        return Superblock.matches(file);
    }

    /// The root group of a file.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED`, `MODEL_UNKNOWN_FORMAT`, `MODEL_REFUSED_LINK` or `MODEL_LIMIT`
    public static Group read(Bytes file, Limits limits) {
        var reader = new Hdf5Reader(file, limits);
        if (reader.node(reader.superblock.root(), "", 0) instanceof Group root) return root;
        throw Problem.MODEL_DAMAGED.because(file.place() + ": its root is no group");
    }

    private Node node(long address, String path, int depth) {
        structures.countObject(path);
        structures.checkDepth(depth, path);
        var header = ObjectHeader.read(structures, address, path.isEmpty() ? "/" : path);
        var attributes = Attributes.read(structures, heap, header);
        return Links.areIn(header)
                ? new Group(structures.file().place(), header.path(), attributes, children(header, path, depth))
                : dataSet(header, attributes);
    }

    private Map<String, Node> children(ObjectHeader header, String path, int depth) {
        var children = new LinkedHashMap<String, Node>();
        for (var link : Links.read(structures, superblock, header)) {
            var child = path + "/" + link.name();
            if (children.put(link.name(), node(link.address(), child, depth + 1)) != null)
                throw Problem.MODEL_DAMAGED.because(structures.file().place() + ": two objects " + child);
        }
        return children;
    }

    private DataSet dataSet(ObjectHeader header, List<Attribute> attributes) {
        var place = structures.file().place() + ": " + header.path();
        if (header.has(Message.EXTERNAL_FILES))
            throw Problem.MODEL_REFUSED_LINK.because(place + ": its numbers lie in another file");
        if (header.has(Message.FILTERS)) throw notKeras(place, "its numbers went through a filter");
        var space = Dataspace.read(required(header, Message.DATASPACE, place, "shape"));
        var type = Datatype.read(required(header, Message.DATATYPE, place, "type"));
        if (space.count() > Long.MAX_VALUE / type.size())
            throw Problem.MODEL_DAMAGED.because(place + ": the shape " + DataSet.show(space.extents()) + " overflows");
        long bytes = space.count() * type.size();
        var layout = required(header, Message.LAYOUT, place, "place of its numbers");
        return new DataSet(header.path(), attributes, type, space.extents(), numbers(layout, bytes, header.path()));
    }

    private static Cursor required(ObjectHeader header, int kind, String place, String what) {
        return header.only(kind).orElseThrow(() -> Problem.MODEL_DAMAGED.because(place + ": has no " + what));
    }

    private Bytes numbers(Cursor layout, long expected, String path) {
        var place = structures.file().place() + ": " + path;
        int version = layout.u8();
        if (version != 3 && version != 4) throw layout.unknown("version " + version + " of a layout, expected 3 or 4");
        return switch (layout.u8()) {
            case COMPACT -> {
                int bytes = layout.u16();
                sameSize(bytes, expected, place);
                yield Bytes.of(layout.bytes(bytes), place);
            }
            case CONTIGUOUS -> {
                long address = layout.address();
                long bytes = layout.u64();
                if (address == Cursor.UNDEFINED) bytes = 0;
                sameSize(bytes, expected, place);
                if (bytes == 0) yield Bytes.of(new byte[0], place);
                structures.reserve(address, bytes, path);
                yield structures.file().slice(address, bytes, place);
            }
            case CHUNKED -> throw notKeras(place, "its numbers lie in chunks");
            case VIRTUAL ->
                throw Problem.MODEL_REFUSED_LINK.because(place + ": its numbers lie in other data sets");
            default -> throw layout.damaged("a layout of unknown kind");
        };
    }

    private static void sameSize(long stored, long declared, String place) {
        if (stored != declared)
            throw Problem.MODEL_DAMAGED
                    .because(place + ": declares " + declared + " bytes of numbers and stores " + stored);
    }

    private static NarwhalException notKeras(String place, String what) {
        return Problem.MODEL_UNKNOWN_FORMAT.because(place + ": " + what, "save the model again with Keras");
    }
}
